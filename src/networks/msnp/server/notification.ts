// What the range's notification server answers, dialects 7 to 12.
import { answerChallenge, answerSalt, PRODUCT_11, PRODUCT_OLD } from '../wire/challenge.ts';
import { encodeFrame, type MsnpFrame } from '../wire/frame.ts';
import { encodeMime } from '../wire/mime.ts';
import { encodeNotices } from '../wire/offline.ts';
import { decodePercent, encodePercent } from '../wire/percent.ts';
import { changeLists, groupAnswer, listContacts } from './contacts.ts';
import { findUser, keep, type NotificationSession, token, type User, type World } from './world.ts';

const POLICY = 'ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1';
const OFFERED = [12, 11, 10, 9, 8, 7];
const STAMP = '2000-01-01T00:00:00.0-00:00';
const ZONE = [
  'text/x-msmsgsinitialmdatanotification; charset=UTF-8',
  'text/x-msmsgsoimnotification; charset=UTF-8',
] as const;

/** Obeys one command. */
export function obeyNotification(world: World, session: NotificationSession, frame: MsnpFrame): void {
  const [transaction = '0', ...args] = frame.args;
  const reply = (command: string, ...words: (string | number)[]): void =>
    session.write(encodeFrame(command, [transaction, ...words]));
  if (session.user === undefined && !['VER', 'CVR', 'INF', 'USR', 'OUT'].includes(frame.command)) {
    session.close();
    return;
  }
  switch (frame.command) {
    case 'VER':
      chooseDialect(session, args, reply);
      break;
    case 'CVR':
      reply('CVR', '7.0.0777', '7.0.0777', '7.0.0777', 'http://127.0.0.1/', 'http://127.0.0.1/');
      break;
    case 'INF':
      reply('INF', 'MD5');
      break;
    case 'USR':
      signOn(world, session, args, reply);
      break;
    case 'SYN':
      synchronise(session, transaction);
      break;
    case 'CHG':
      announce(world, session, args, reply);
      break;
    case 'PNG':
      session.write(encodeFrame('QNG', session.dialect > 8 ? [60] : []));
      break;
    case 'QRY':
      checkAnswer(session, frame, reply);
      break;
    case 'ADC':
    case 'ADD':
    case 'REM':
      changeLists(world, session, frame, reply);
      break;
    case 'PRP':
    case 'REA':
      rename(session, frame);
      reply(frame.command, ...args);
      break;
    case 'ADG':
    case 'RMG':
    case 'REG':
      reply(frame.command, ...groupAnswer(frame.command, args));
      break;
    case 'GCF': {
      const file = Buffer.from('<?xml version="1.0"?><config/>');
      session.write(encodeFrame('GCF', [transaction, args[0] ?? 'Shields.xml'], file));
      break;
    }
    case 'XFR': {
      const { user } = session;
      if (user === undefined || !session.visible) {
        reply('913');
        break;
      }
      const cookie = keep(world.cookies, { user, room: undefined });
      reply('XFR', 'SB', `127.0.0.1:${world.port()}`, 'CKI', cookie);
      break;
    }
    case 'OUT':
      session.close();
      break;
    case 'UUX':
      reply('UUX', 0);
      break;
    default:
      reply(frame.command, ...args);
      break;
  }
}

type Reply = (command: string, ...words: (string | number)[]) => void;

/** What others are shown; `REA` is that of old dialects, and names contacts, too. */
function rename({ user }: NotificationSession, { command, args: [, what = '', name = ''] }: MsnpFrame): void {
  if (user === undefined) return;
  if (command === 'PRP' ? what === 'MFN' : what.toLowerCase() === user.address.toLowerCase())
    user.name = decodePercent(name);
}

function chooseDialect(session: NotificationSession, offered: readonly string[], reply: Reply): void {
  const dialect = OFFERED.find((number) => offered.includes(`MSNP${number}`));
  session.dialect = dialect ?? 0;
  reply('VER', dialect === undefined ? 0 : `MSNP${dialect}`);
  if (dialect === undefined) session.close();
}

function signOn(world: World, session: NotificationSession, args: readonly string[], reply: Reply): void {
  const [way = '', stage = '', value = ''] = args;
  if (way === 'MD5' && stage === 'I') {
    session.salt = `${world.clock.now().getTime()}.${token().slice(0, 9)} ${value}`;
    reply('USR', 'MD5', 'S', session.salt.split(' ')[0] ?? '');
    return;
  }
  if (way === 'TWN' && stage === 'I') {
    reply('USR', 'TWN', 'S', POLICY);
    return;
  }
  const user = way === 'MD5' ? checkDigest(world, session.salt, value) : world.tickets.get(value);
  if (user === undefined) {
    reply('911');
    session.close();
    return;
  }
  user.session?.write(encodeFrame('OUT', ['OTH']));
  user.session?.close();
  user.session = session;
  session.user = user;
  const name = session.dialect < 10 ? [encodePercent(user.name)] : [];
  reply('USR', 'OK', user.address, ...name, 1, ...(session.dialect >= 8 ? [0] : []));
  if (session.dialect >= 11) session.write(encodeFrame('SBS', [0, 'null']));
}

function checkDigest(world: World, salted: string, digest: string): User | undefined {
  const [salt = '', address = ''] = salted.split(' ');
  const user = findUser(world, address);
  return user !== undefined && answerSalt(salt, user.password) === digest ? user : undefined;
}

function synchronise(session: NotificationSession, transaction: string): void {
  const { dialect, user } = session;
  const waiting = [...(user?.reverse ?? [])];
  const counts = [waiting.length, 0];
  const head = dialect >= 10 ? [STAMP, STAMP, ...counts] : dialect >= 8 ? [1, ...counts] : [1];
  session.write(encodeFrame('SYN', [transaction, ...head]));
  const prefix = dialect < 8 ? [transaction, 1] : [];
  session.write(encodeFrame('GTC', [...prefix, 'A']));
  session.write(encodeFrame('BLP', [...prefix, 'AL']));
  if (dialect >= 10) session.write(encodeFrame('PRP', ['MFN', encodePercent(user?.name ?? '')]));
  if (user !== undefined) listContacts(session, user, transaction);
}

function announce(world: World, session: NotificationSession, args: readonly string[], reply: Reply): void {
  const first = !session.visible;
  session.visible = args[0] !== 'HDN';
  reply('CHG', ...args);
  if (first) {
    tellOffline(session, 0);
    if (world.challenge) {
      session.challenge = '22210219642164014968';
      session.write(encodeFrame('CHL', [0, session.challenge]));
    }
  }
}

/** Tells what waits: all of it at sign-on (0), one that has just come (1). */
export function tellOffline(session: NotificationSession, zone: 0 | 1): void {
  const waiting = [...(session.user?.offline.values() ?? [])];
  if (waiting.length === 0 || session.dialect < 11) return;
  const body = `Mail-Data: ${encodeNotices(waiting)}\r\nInbox-URL: /\r\n\r\n`;
  const payload = encodeMime(
    [
      ['MIME-Version', '1.0'],
      ['Content-Type', ZONE[zone]],
    ],
    Buffer.from(body),
  );
  session.write(encodeFrame('MSG', ['Hotmail', 'Hotmail'], payload));
}

function checkAnswer(session: NotificationSession, frame: MsnpFrame, reply: Reply): void {
  const product = session.dialect < 11 ? PRODUCT_OLD : PRODUCT_11;
  const right = answerChallenge(session.challenge ?? '', product, session.dialect);
  const told = Buffer.from(frame.payload ?? []).toString('latin1');
  if (session.challenge === undefined || told !== right) {
    reply('540');
    session.close();
    return;
  }
  session.challenge = undefined;
  reply('QRY');
}
