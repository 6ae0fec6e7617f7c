// Who has an account, who is on, and what waits for whom, in the range's AIM and ICQ server.
import type { Clock } from '../../../core/clock.ts';
import type { FeedbagItem } from '../wire/feedbag.ts';
import { u16, u32 } from '../wire/fields.ts';
import { isUin, normaliseScreenName } from '../wire/screen-name.ts';
import type { Tlv } from '../wire/tlv.ts';
import {
  encodeUserInfo,
  TLV_CAPABILITIES,
  TLV_EXTERNAL_IP,
  TLV_ONLINE_SINCE,
  TLV_USER_CLASS,
  USER_CLASS_FREE,
  USER_CLASS_ICQ,
} from '../wire/user-info.ts';

export interface StoredMessage {
  readonly body: Uint8Array;
}

export interface Account {
  /** As its owner writes it. */
  readonly name: string;
  readonly password: string;
  /** Only who was given leave may put it on a list, as numbers of ICQ could have it. */
  readonly authorise: boolean;
  /** Names that were given leave. */
  readonly granted: Set<string>;
  readonly list: Map<string, FeedbagItem>;
  readonly stored: StoredMessage[];
  /** Unix seconds. */
  modified: number;
  /** Tenths of a percent. */
  warning: number;
}

/** One service connection. */
export interface Session {
  readonly account: Account;
  /** IPv4 of the client, as the server sees it. */
  readonly ip: Uint8Array;
  readonly since: number;
  capabilities: Uint8Array;
  profile: readonly Tlv[];
  /** Said (01,02): others see it. */
  online: boolean;
  send(type: number, body: Uint8Array, requestId?: number, flags?: number): undefined;
  /** Ends it with channel 4 and a reason. */
  signOff(reason: number): undefined;
}

export interface World {
  readonly clock: Pick<Clock, 'now'>;
  readonly accounts: Map<string, Account>;
  /** Hex of cookies that were given out and not used yet. */
  readonly cookies: Map<string, Account>;
  readonly sessions: Map<string, Set<Session>>;
  /** TLV 05 of the login reply. */
  advertised(): string;
}

const MAX_STORED = 100;

export const nowSeconds = (world: World): number => Math.floor(world.clock.now().getTime() / 1000);

export function addAccount(world: World, of: Pick<Account, 'name' | 'password'> & { authorise?: boolean }): void {
  const key = normaliseScreenName(of.name);
  if (world.accounts.has(key)) return;
  const { name, password, authorise = false } = of;
  const lists = { granted: new Set<string>(), list: new Map<string, FeedbagItem>(), stored: [] };
  world.accounts.set(key, { name, password, authorise, ...lists, modified: nowSeconds(world), warning: 0 });
}

export const accountOf = (world: World, name: string): Account | undefined =>
  world.accounts.get(normaliseScreenName(name));

/** The sessions of a name that others can see. */
export const onlineOf = (world: World, name: string): readonly Session[] =>
  [...(world.sessions.get(normaliseScreenName(name)) ?? [])].filter(({ online }) => online);

export function store(account: Account, body: Uint8Array): boolean {
  if (account.stored.length >= MAX_STORED) return false;
  account.stored.push({ body });
  return true;
}

/** The user-info block of a session. */
export function infoOf(session: Session): Uint8Array {
  const { account, since, capabilities, ip } = session;
  const icq = isUin(account.name);
  return encodeUserInfo(account.name, account.warning, [
    { type: TLV_USER_CLASS, value: u16(icq ? USER_CLASS_FREE | USER_CLASS_ICQ : USER_CLASS_FREE) },
    ...(icq
      ? [
          { type: 0x06, value: u32(0) },
          { type: TLV_EXTERNAL_IP, value: ip },
        ]
      : []),
    { type: TLV_ONLINE_SINCE, value: u32(since) },
    ...(capabilities.length === 0 ? [] : [{ type: TLV_CAPABILITIES, value: capabilities }]),
  ]);
}

/** Sessions that have this name on their list. */
export const watchersOf = (world: World, name: string): readonly Session[] => {
  const wanted = normaliseScreenName(name);
  return [...world.sessions.values()]
    .flatMap((set) => [...set])
    .filter(
      ({ online, account }) =>
        online &&
        [...account.list.values()].some((item) => item.class === 0 && normaliseScreenName(item.name) === wanted),
    );
};
