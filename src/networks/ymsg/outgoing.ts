// A message cut to what the network takes: 800 characters and 948 bytes a packet, never within a character.
import { SundewError } from '../../core/error.ts';

const MAX_CHARACTERS = 800;
const MAX_BYTES = 948;
const MAX_PARTS = 20;
const ID = /^[a-z0-9][a-z0-9._@-]{0,127}$/i;

/** @throws SundewError INPUT_INVALID for an address that is none, no text, or far too much of it */
export function splitMessage(message: { readonly to: string; readonly body: string }): readonly string[] {
  if (!ID.test(message.to)) throw new SundewError('INPUT_INVALID', `"${message.to}" is no Yahoo id`);
  // NUL and ESC would be read as an end and as formatting.
  const text = message.body.toWellFormed().replaceAll('\u0000', '').replaceAll('\u001b', '');
  const parts: string[] = [];
  let part = '';
  let characters = 0;
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (characters === MAX_CHARACTERS || bytes + size > MAX_BYTES) {
      parts.push(part);
      [part, characters, bytes] = ['', 0, 0];
    }
    part += character;
    characters += 1;
    bytes += size;
  }
  if (part !== '') parts.push(part);
  if (parts.length === 0) throw new SundewError('INPUT_INVALID', 'a message without text');
  if (parts.length > MAX_PARTS) throw new SundewError('INPUT_INVALID', `a message of more than ${MAX_PARTS} packets`);
  return parts;
}
