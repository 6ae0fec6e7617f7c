// What becomes of a file offer: where it could be fetched, or why it is left. Pure; whether it may be is the gate's to say.
import { isSundewError } from '../../../core/error.ts';
import { mayTakeFile } from '../../../core/file-inbox.ts';
import { mayDialPeer } from '../../../core/peer-address.ts';
import { capabilityBytes, capabilityName } from '../wire/capability.ts';
import { equalBytes } from '../wire/fields.ts';
import { decodeIcbmToClient, encodeData, encodeIcbmToHost, ICBM_RENDEZVOUS, TLV_DATA } from '../wire/icbm.ts';
import {
  decodeRendezvous,
  encodeRendezvous,
  RENDEZVOUS_ACCEPT,
  RENDEZVOUS_PROPOSE,
  readAddresses,
  TLV_BY_PROXY,
  TLV_CLIENT_IP,
  TLV_SERVICE_DATA,
  TLV_VERIFIED_IP,
  TLV_WANTS_TLS,
} from '../wire/rendezvous.ts';
import { decodeFileOffer } from '../wire/service-data.ts';
import { findTlv, type Tlv } from '../wire/tlv.ts';
import { MAX_OFFER_BYTES } from './oft-receiver.ts';

/** Clients listen above the ports of services; one below is somebody else's door. */
const MIN_PORT = 1024;

export interface TakenOffer {
  readonly type: 'take';
  readonly cookie: Uint8Array;
  /** The sender's name as it came. */
  readonly sender: string;
  /** The sender's own address, or the place at the proxy where it waits. */
  readonly at: { readonly host: string; readonly port: number } | { readonly pin: number };
}

export type FilePlan = TakenOffer | { readonly type: 'leave'; readonly why: string };

export interface FilePlanOptions {
  /** Whether the operator named a proxy. */
  readonly proxy: boolean;
  readonly ownServerIsLoopback: boolean;
}

/** Reads (04,07). @returns undefined for whatever is no file offer that can be read */
export function planFile(body: Uint8Array, options: FilePlanOptions): FilePlan | undefined {
  try {
    const { cookie, channel, sender, list } = decodeIcbmToClient(body);
    const block = findTlv(list.tlvs, TLV_DATA);
    if (channel !== ICBM_RENDEZVOUS || block === undefined) return undefined;
    const offer = decodeRendezvous(block);
    if (offer.status !== RENDEZVOUS_PROPOSE || capabilityName(offer.capability) !== 'send-file') return undefined;
    const data = findTlv(offer.list.tlvs, TLV_SERVICE_DATA);
    if (data === undefined) return undefined;
    if (!equalBytes(cookie, offer.cookie)) return leave('its cookies differ');
    const { count, several, size, name } = decodeFileOffer(data, undefined);
    const one = !several && count <= 1;
    const wanted = one ? mayTakeFile({ name, size }) : size > 0 && size <= MAX_OFFER_BYTES;
    if (!wanted) return leave('neither its size nor its name is of what is taken');
    const at = placeOf(offer.list.tlvs, options);
    return typeof at === 'string' ? leave(at) : { type: 'take', cookie, sender: sender.name, at };
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return undefined; // the capture says that it cannot be read
  }
}

const leave = (why: string): FilePlan => ({ type: 'leave', why });

/** Where the sender waits, or why it cannot be reached there. */
function placeOf(tlvs: readonly Tlv[], options: FilePlanOptions): TakenOffer['at'] | string {
  const { port = 0, verified } = readAddresses(tlvs);
  if (findTlv(tlvs, TLV_WANTS_TLS) !== undefined) return 'its sender wants TLS';
  if (findTlv(tlvs, TLV_BY_PROXY) !== undefined)
    return options.proxy ? { pin: port } : 'it goes by a proxy, and none is set';
  // Servers put the address that they saw into offers that claim one; without a claim it would be the sender's own word.
  const vouched = countOf(tlvs, TLV_VERIFIED_IP) === 1 && countOf(tlvs, TLV_CLIENT_IP) === 1;
  if (verified === undefined || !vouched) return 'no address that the server vouches for';
  if (port < MIN_PORT) return `its sender does not listen at a client's port (${port})`;
  if (!mayDialPeer(verified, options)) return 'its address is none to connect to';
  return { host: verified, port };
}

const countOf = (tlvs: readonly Tlv[], type: number): number => tlvs.filter((tlv) => tlv.type === type).length;

/** Body of (04,06): the offer is accepted. */
export const encodeFileAccept = ({ cookie, sender }: TakenOffer): Uint8Array =>
  encodeIcbmToHost({ cookie, channel: ICBM_RENDEZVOUS }, sender, [
    encodeData(encodeRendezvous(RENDEZVOUS_ACCEPT, cookie, capabilityBytes('send-file'), [])),
  ]);
