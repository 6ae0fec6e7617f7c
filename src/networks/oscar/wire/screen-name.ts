// Screen names: AIM handles and ICQ numbers. One person writes his name in many ways; the network compares this one.

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Lower case, without blanks. */
export const normaliseScreenName = (name: string): string => name.toLowerCase().replaceAll(' ', '');

/** All digits: an ICQ number. */
export const isUin = (name: string): boolean => /^\d{4,10}$/.test(name);

/** A name off the wire; one that is no clean text is kept as `hex:…`, an empty one as `?`. */
export function screenNameText(bytes: Uint8Array): string {
  if (bytes.length === 0) return '?';
  try {
    const text = UTF8.decode(bytes);
    if (!/\p{C}/u.test(text) && text.trim() !== '') return text;
  } catch {
    // not UTF-8: below
  }
  return `hex:${Buffer.from(bytes).toString('hex')}`;
}
