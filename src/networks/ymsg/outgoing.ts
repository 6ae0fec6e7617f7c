// What an account may say to somebody: the grant of an add request, and a message cut to what the network takes, 800
// characters and 948 bytes a packet, never within a character.
import { SundewError } from '../../core/error.ts';
import type { OutboundPacket } from './wire/packet.ts';
import { pair } from './wire/pairs.ts';
import { SERVICE } from './wire/services.ts';

const MAX_CHARACTERS = 800;
const MAX_BYTES = 948;
const MAX_PARTS = 20;
const ID = /^[a-z0-9][a-z0-9._@-]{0,127}$/i;

/**
 * Lets somebody have the account as a contact (0xD6), and no more: nothing is asked in return, nothing said.
 * `network` is key 241, 0 for Yahoo itself.
 */
export function grantAdd(user: string, who: string, network: number): OutboundPacket {
  const pairs = [pair(1, user), pair(5, who), pair(241, network), pair(13, '1'), pair(334, '0')];
  return { service: SERVICE.AUTHORISATION, pairs };
}

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
