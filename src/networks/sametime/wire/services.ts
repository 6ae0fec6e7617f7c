// The services a channel can be opened to, with protocol type and version; the ids of their messages stand with each.
import type { Service } from './channel.ts';

export const IM: Service = { service: 0x1000, protocol: 0x1000, version: 3 };
export const FILE_TRANSFER: Service = { service: 0x38, protocol: 0, version: 1 };
export const CONFERENCE: Service = { service: 0x80000010, protocol: 0x10, version: 2 };
export const AWARENESS: Service = { service: 0x11, protocol: 0x11, version: 0x00030005 };
export const RESOLVE: Service = { service: 0x15, protocol: 0x15, version: 0 };
export const STORAGE: Service = { service: 0x18, protocol: 0x25, version: 1 };

/** Channels that a client opens have bit 31 clear; those that the server opens have it set. */
export const SERVER_CHANNEL = 0x80000000;
