// Service and status numbers of YMSG 9 to 16, by the names of the client libraries.

export const SERVICE = {
  LOGON: 0x01,
  LOGOFF: 0x02,
  IS_AWAY: 0x03,
  IS_BACK: 0x04,
  MESSAGE: 0x06,
  USER_STATUS: 0x0a,
  CHAT_INVITE_OLD: 0x0c,
  NEW_CONTACT: 0x0f,
  PING: 0x12,
  SYSTEM_MESSAGE: 0x14,
  MASS_MESSAGE: 0x17,
  CONFERENCE_INVITE: 0x18,
  CONFERENCE_LOGON: 0x19,
  CONFERENCE_DECLINE: 0x1a,
  CONFERENCE_LOGOFF: 0x1b,
  CONFERENCE_ADD_INVITE: 0x1c,
  CONFERENCE_MESSAGE: 0x1d,
  CHAT_MESSAGE_OLD: 0x20,
  FILE_TRANSFER: 0x46,
  VOICE_CHAT: 0x4a,
  NOTIFY: 0x4b,
  HANDSHAKE: 0x4c,
  P2P_FILE: 0x4d,
  PEER_TO_PEER: 0x4f,
  WEBCAM: 0x50,
  AUTH_RESPONSE: 0x54,
  LIST: 0x55,
  AUTH: 0x57,
  ADD_BUDDY: 0x83,
  REMOVE_BUDDY: 0x84,
  REJECT_CONTACT: 0x86,
  KEEP_ALIVE: 0x8a,
  CHAT_INVITE: 0x9d,
  CHAT_COMMENT: 0xa8,
  PICTURE: 0xbe,
  PICTURE_UPDATE: 0xc1,
  STATUS_UPDATE: 0xc6,
  AUDIBLE: 0xd0,
  AUTHORISATION: 0xd6,
  FILE_OFFER_15: 0xdc,
  FILE_INFO_15: 0xdd,
  FILE_ACCEPT_15: 0xde,
  STATUS_15: 0xf0,
  LIST_15: 0xf1,
  MESSAGE_ACK: 0xfb,
  PROTOCOL_ERROR: 0x7d1,
} as const;

export const STATUS = {
  NORMAL: 0,
  ACK: 1,
  NOT_SENT: 2,
  ADD_REQUEST: 3,
  UPLOAD_ACK: 4,
  /** Offline messages; of a buddy list: more of it follows. */
  OFFLINE_OR_MORE: 5,
  ADD_DENIED: 7,
  CONFERENCE_EXTENDED: 11,
  NOTIFY: 0x16,
  WEB_LOGIN: 0x5a55aa55,
  /** "Offline": what clients put on an IM. */
  OFFLINE: 0x5a55aa56,
  ERROR: 0xffffffff,
} as const;

/** A name for logs and captures, such as `message` or `0x7d`. */
export function serviceName(service: number): string {
  const known = Object.entries(SERVICE).find(([, number]) => number === service)?.[0];
  return known?.toLowerCase().replaceAll('_', '-') ?? `0x${service.toString(16)}`;
}
