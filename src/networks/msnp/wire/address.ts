// Addresses as arguments and header values: what could end either is none.

// biome-ignore lint/suspicious/noControlCharactersInRegex: the address becomes an argument of commands
const ADDRESS = /^[^\x00-\x20@;%<>\x7f]{1,64}@[^\x00-\x20@;%<>\x7f]{1,190}$/;

/** Whether a text is an e-mail address that may stand in a command or a header. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}
