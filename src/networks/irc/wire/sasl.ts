// SASL on IRC (IRCv3 sasl-3.2): PLAIN (RFC 4616), cut into AUTHENTICATE lines.

/** IRCv3 sasl: a response goes in pieces of 400 base64 characters; a full last piece is followed by `+`. */
const PIECE = 400;

/** The parameters of the AUTHENTICATE lines that carry a PLAIN response. */
export function encodePlain(account: string, password: string): readonly string[] {
  const response = Buffer.from(`${account}\0${account}\0${password}`).toString('base64');
  const pieces: string[] = [];
  for (let at = 0; at < response.length; at += PIECE) pieces.push(response.slice(at, at + PIECE));
  return response.length % PIECE === 0 ? [...pieces, '+'] : pieces;
}
