// Conferences: the invitation, which comes as a channel that the server opens to the invitee.
import { ByteReader } from '../../../core/bytes.ts';
import { FieldWriter, readString } from './fields.ts';
import { type LoginInfo, readLoginInfo, writeLoginInfo } from './structures.ts';

export interface ConferenceInvitation {
  /** `user(hex time,hex random)`. */
  readonly name: string;
  readonly title: string;
  readonly inviter: LoginInfo;
  readonly text: string;
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeConferenceInvitation(data: Uint8Array): ConferenceInvitation {
  const reader = new ByteReader(data);
  reader.u32();
  const name = readString(reader);
  const title = readString(reader);
  reader.u32();
  const inviter = readLoginInfo(reader);
  reader.u32();
  return { name, title, inviter, text: readString(reader) };
}

export function encodeConferenceInvitation(invitation: ConferenceInvitation): Uint8Array {
  const writer = new FieldWriter().u32(0).string(invitation.name).string(invitation.title).u32(0);
  return writeLoginInfo(writer, invitation.inviter).u32(0).string(invitation.text).done();
}
