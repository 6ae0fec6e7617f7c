// The contact lists of the range's MSN server, as far as a decoy touches them: who added it, who waits, whom it lets in.
import { randomUUID } from 'node:crypto';
import { encodeFrame, type MsnpFrame } from '../wire/frame.ts';
import { decodePercent, encodePercent } from '../wire/percent.ts';
import { addedBy, findUser, type NotificationSession, type User, type World } from './world.ts';

const ALLOW = 2;
const REVERSE = 8;
const PENDING = 16;

type Reply = (command: string, ...words: (string | number)[]) => void;

/** `LST` for everyone, in the words of the dialect. */
export function listContacts(session: NotificationSession, user: User, transaction: string): void {
  const { dialect } = session;
  const all = [...user.reverse];
  if (dialect < 8) {
    const allowed = all.filter(([address]) => user.allowed.has(address.toLowerCase()));
    for (const [list, some] of [
      ['AL', allowed],
      ['RL', all],
    ] as const) {
      for (const [at, [address, shown]] of some.entries()) {
        session.write(encodeFrame('LST', [transaction, list, 1, at + 1, some.length, address, encodePercent(shown)]));
      }
    }
    return;
  }
  for (const [address, shown] of all) {
    const name = encodePercent(shown);
    const bits = bitsOf(user, address, dialect);
    if (dialect < 10) session.write(encodeFrame('LST', [address, name, bits, 0]));
    else session.write(encodeFrame('LST', [`N=${address}`, `F=${name}`, bits, ...(dialect > 11 ? [1] : [])]));
  }
}

function bitsOf(user: User, address: string, dialect: number): number {
  const key = address.toLowerCase();
  const waits = user.pending.has(key) && dialect >= 11;
  return (waits ? PENDING : REVERSE) + (user.allowed.has(key) ? ALLOW : 0);
}

/** `ADC`, `ADD`, `REM`. As the private servers do, whoever takes someone off the reverse list is shown the door. */
export function changeLists(world: World, session: NotificationSession, frame: MsnpFrame, reply: Reply): void {
  const [, list = '', ...rest] = frame.args;
  const { user } = session;
  const address = decodePercent(frame.command === 'ADC' ? fieldOf(rest) : (rest[0] ?? ''));
  const key = address.toLowerCase();
  if (user === undefined || frame.command === (session.dialect >= 10 ? 'ADD' : 'ADC')) {
    session.close();
  } else if (frame.command === 'REM') {
    if (list === 'RL') session.close();
    else {
      if (list === 'PL') user.pending.delete(key);
      if (list === 'AL') user.allowed.delete(key);
      reply('REM', list, ...(session.dialect < 10 ? [1] : []), ...rest);
    }
  } else if (list === 'RL' && (session.dialect < 11 || !user.pending.has(key))) {
    session.close();
  } else {
    add(world, session, user, frame, { list, address, reply });
  }
}

function add(
  world: World,
  session: NotificationSession,
  user: User,
  { command, args }: MsnpFrame,
  { list, address, reply }: { list: string; address: string; reply: Reply },
): void {
  const to = findUser(world, address);
  if (to === undefined && list === 'FL') {
    reply(session.dialect >= 10 ? '208' : '205');
    return;
  }
  if (list === 'AL') {
    if (user.allowed.has(address.toLowerCase())) {
      reply('215');
      return;
    }
    user.allowed.add(address.toLowerCase());
  }
  const rest = args.slice(1);
  if (command === 'ADD') reply('ADD', list, 1, ...rest.slice(1));
  // Contacts of the forward list have an id of their own; clients wait for it.
  else
    reply('ADC', ...rest, ...(list === 'FL' && rest.some((arg) => arg.startsWith('N=')) ? [`C=${randomUUID()}`] : []));
  if (list === 'FL' && to !== undefined) addedBy(to, user);
}

const fieldOf = (args: readonly string[]): string => args.find((arg) => arg.startsWith('N='))?.slice(2) ?? '';

/** Groups are named and numbered for clients that wait for it, and not kept. After the transaction comes the list's version. */
export function groupAnswer(
  command: string,
  [first = '', second = '']: readonly string[],
): readonly (string | number)[] {
  if (command === 'ADG') return [1, first, randomUUID(), 0];
  return command === 'REG' ? [1, second, first, 0] : [1, first];
}
