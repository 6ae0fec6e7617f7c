// The whole, set up by commands as a new user would: real Prosody, real ngircd, real mail, senders that share no code.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { allOnline, type House, openHouse, run, SECRET } from './house.ts';
import { type IrssiPerson, irssiPerson } from './irssi-person.ts';
import { executableLure, forAccount, forComponent, forNick } from './lures.ts';
import { needs } from './peers.ts';
import { capture, captures, follow, ledger, lettersOn, messagesOn, type Outcome, warnings } from './witness.ts';
import type { XmppPerson } from './xmpp-person.ts';

const MAIL = 'paula@subscribers.example';
/** From the stranger's keyboard to the subscriber's mailbox, at the best of three tries and at the worst. */
const BEST_MS = 1_000;
const WORST_MS = 10_000;

describe.skipIf(needs('prosody', 'slixmpp', 'sendxmpp', 'ngircd', 'irssi'))('Sundew set up by commands', () => {
  let house: House;
  let dataDir: string;
  let sundew: RunningSundew;
  let bot: XmppPerson;
  let paula: XmppPerson;
  let mal: IrssiPerson;
  const outcomes: Outcome[] = [];
  const dora = () => `dora@${house.prosody.domain}`;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sundew-'));
    house = await openHouse();
    sundew = await startSundew({ dataDir });
    [bot, paula] = [await house.person('bot'), await house.person('paula')];
    mal = await irssiPerson('mal', house.ngircd.port);
  }, 180_000);

  afterAll(async () => {
    await mal?.[Symbol.asyncDispose]();
    await sundew?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('decoys are added, tried and listed', async () => {
    const { prosody, ngircd } = house;
    const ca = await house.file('xmpp.pem', prosody.ca);
    const ircCa = await house.file('irc.pem', ngircd.ca);
    const password = await house.file('password', 'dora-pw\n');
    const secret = await house.file('secret', `${SECRET}\n`);
    const at = (port: number) => ['--host', '127.0.0.1', '--port', String(port)];
    const client = ['--password-file', password, '--ca', ca, ...at(prosody.port)];
    const added = await run(dataDir, 'decoy', 'add', 'xmpp', dora(), '--name', 'dora', ...client);
    expect(added).toContain('signed on');
    const component = ['--component', '--password-file', secret, ...at(house.componentBytes.port)];
    await run(dataDir, 'decoy', 'add', 'xmpp', prosody.componentDomain, '--name', 'friends', ...component);
    const onTls = [...at(ngircd.tlsPort), '--ca', ircCa, '--channel', '#lobby'];
    await run(dataDir, 'decoy', 'add', 'irc', 'doris', ...onTls);
    await run(dataDir, 'decoy', 'add', 'irc', 'dolly', ...at(house.ircBytes.port), '--tls', 'none');
    await allOnline(sundew.control, ['dora', 'friends', 'doris', 'dolly']);
    expect(await run(dataDir, 'decoy', 'list')).toMatch(/^dora +xmpp +dora@im\.test +online +0 +observe$/m);
    expect(await run(dataDir, 'decoy', 'check', 'dora')).toContain('is signed on since');
  });

  test('the demonstration ends with the first decoy, and its data goes by one command', async () => {
    const board = await (await fetch(`${sundew.url}/api/v1/board`)).json();
    expect(board).toMatchObject({ simulated: false, realm: 'live' });
    expect(await run(dataDir, 'purge', '--simulated')).toContain('gone');
  });

  test('mail and the XMPP account of alerts are set and tried', async () => {
    const { prosody, mailbox } = house;
    const from = 'Sundew <alerts@sundew.example>';
    await run(dataDir, 'mail', 'set', '127.0.0.1', '--port', `${mailbox.port}`, '--security', 'none', '--from', from);
    expect(await run(dataDir, 'mail', 'test', MAIL)).toContain('handed over');
    await until(async () => mailbox.letters().find(({ subject }) => subject === 'Sundew: test message'));
    const ca = await house.file('xmpp.pem', prosody.ca);
    const password = await house.file('alerts-password', 'alerts-pw\n');
    const account = ['--password-file', password, '--host', '127.0.0.1', '--port', `${prosody.port}`, '--ca', ca];
    await run(dataDir, 'im', 'set', 'xmpp', `alerts@${prosody.domain}`, ...account);
    await until(async () => (await run(dataDir, 'im', 'show')).includes('online') || undefined);
  });

  test('subscribers confirm by the link of the mail and by an answer on XMPP', async () => {
    await run(dataDir, 'subscriber', 'add', 'email', MAIL);
    await run(dataDir, 'subscriber', 'add', 'xmpp', `paula@${house.prosody.domain}`);
    const letter = await until(async () =>
      house.mailbox.letters().find(({ subject }) => subject.startsWith('Confirm')),
    );
    const link = /http:\S+\/confirm\/(\S+)/.exec(letter.text);
    expect((await fetch(link?.[0] ?? '')).status).toBe(200);
    const body = JSON.stringify({ token: link?.[1] });
    const headers = { 'content-type': 'application/json', origin: sundew.url };
    const confirmed = await fetch(`${sundew.url}/api/v1/subscribers/confirm`, { method: 'POST', headers, body });
    expect(confirmed.status).toBe(200);
    const code = await until(async () =>
      paula.heard.map(({ stanza }) => /confirm (\d{6})/.exec(stanza)?.[1]).find((one) => one !== undefined),
    );
    paula.say(`<message to='alerts@${house.prosody.domain}' type='chat'><body>confirm ${code}</body></message>`);
    await until(async () =>
      (await run(dataDir, 'subscriber', 'list')).match(/confirmed/g)?.length === 2 ? true : undefined,
    );
  });

  test('a link to a program is stored, judged, warned of, mailed, messaged and on the board within a second', async () => {
    for (const number of [0, 1, 2]) {
      const lure = executableLure(dora(), number);
      const sentAt = Date.now();
      bot.say(lure.stanza);
      outcomes.push(await follow({ sundew, mailbox: house.mailbox, subscriber: paula }, lure.text, sentAt));
    }
    const times = outcomes.map(({ warning: _, ...ms }) => ms);
    console.log(`ms from the stranger's keyboard:\n${times.map((one) => JSON.stringify(one)).join('\n')}`);
    for (const step of ['stored', 'warned', 'board', 'mail', 'message'] as const) {
      const all = times.map((one) => one[step]);
      expect(Math.min(...all), `best time until ${step}`).toBeLessThan(BEST_MS);
      expect(Math.max(...all), `worst time until ${step}`).toBeLessThan(WORST_MS);
    }
    const { text, host } = executableLure(dora(), 0);
    const { verdict, evidence } = await capture(sundew, (row) => row.text === text);
    expect(verdict).toMatchObject({ class: expect.stringMatching(/worm|malware/) });
    expect(evidence).toMatchObject({ verified: true, erased: false, raw: expect.stringContaining(text) });
    const [letter] = lettersOn(house.mailbox, outcomes[0]?.warning.id ?? '');
    expect(letter?.text).not.toContain(host);
    expect(letter?.text).not.toContain('dora');
  });

  test('what others send to an account becomes captures', async () => {
    bot.say(...forAccount(dora(), house.prosody.rooms));
    const rc = await house.file('sendxmpprc', `bot@${house.prosody.domain}:${house.prosody.port} bot-pw\n`);
    const server = ['-j', `127.0.0.1:${house.prosody.port}`, '-o', house.prosody.domain];
    execFileSync('sendxmpp', ['-f', rc, ...server, '-t', '-n', dora()], { input: 'sent by sendxmpp', stdio: 'pipe' });
    const peer = { id: `bot@${house.prosody.domain}`, verifiedBy: 'own-server' };
    const headline = await capture(sundew, (row) => row.text === 'a headline for you');
    expect(headline.capture).toMatchObject({ kind: 'message', peer, meta: { type: 'headline', subject: 'News' } });
    expect(headline.evidence.raw).toContain('<body>a headline for you</body>');
    const xhtml = await capture(sundew, (row) => row.text === 'your bank writes');
    expect(xhtml.capture).toMatchObject({ peer, html: expect.stringContaining('http://login.phish.example/x') });
    expect(xhtml.evidence.raw).toContain('http://www.w3.org/1999/xhtml');
    const request = await capture(sundew, (row) => row.kind === 'contact-request');
    expect(request.capture).toMatchObject({ peer, text: 'add me' });
    const invite = await capture(sundew, (row) => row.kind === 'group-invite' && row.network === 'xmpp');
    expect(invite.capture).toMatchObject({ conversation: `den@${house.prosody.rooms}`, text: 'free songs here' });
    expect(invite.evidence.raw).toContain('free songs here');
    const piped = await capture(sundew, (row) => row.text?.includes('sent by sendxmpp') === true);
    expect(piped.capture).toMatchObject({ kind: 'message', peer });
  });

  test('file offers to a component become captures', async () => {
    bot.say(...forComponent(house.prosody.componentDomain));
    const domain = house.prosody.componentDomain;
    const si = await capture(sundew, (row) => row.file === 'holiday.jpg.scr');
    expect(si.capture).toMatchObject({ kind: 'file-offer', decoy: `mary.w@${domain}`, file: { size: 48128 } });
    expect(si.evidence.raw).toContain('http://jabber.org/protocol/si');
    const jingle = await capture(sundew, (row) => row.file === 'update.exe');
    expect(jingle.capture).toMatchObject({
      decoy: `joe@${domain}`,
      file: { size: 6144, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    });
    const bytes = await capture(sundew, (row) => row.kind === 'transfer-request' && row.network === 'xmpp');
    expect(bytes.evidence.raw).toContain('http://jabber.org/protocol/ibb');
  });

  test.each(['doris', 'dolly'])('what irssi sends to %s becomes captures', async (nick) => {
    mal.type(...forNick(nick));
    const of = (is: { kind: string; text?: string }) =>
      capture(
        sundew,
        (row) => row.decoy === nick && row.kind === is.kind && (is.text === undefined || row.text === is.text),
      );
    const peer = { id: expect.stringMatching(/^mal!~mal@/), verifiedBy: 'self-asserted' };
    const message = await of({ kind: 'message', text: 'hello from irssi, grüße' });
    expect(message.capture).toMatchObject({ peer, meta: { command: 'PRIVMSG' } });
    expect(message.evidence.raw).toBe(
      `:${String((message.capture.peer as { id: string }).id)} PRIVMSG ${nick} :hello from irssi, grüße`,
    );
    expect((await of({ kind: 'message', text: 'psst' })).capture).toMatchObject({ peer, meta: { command: 'NOTICE' } });
    expect((await of({ kind: 'group-invite' })).capture).toMatchObject({ peer, conversation: '#den' });
    expect((await of({ kind: 'probe' })).capture).toMatchObject({ peer });
    const offer = await of({ kind: 'file-offer' });
    expect(offer.capture).toMatchObject({
      peer: { ...peer, address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
      file: { name: 'my pics.scr', size: 8 },
    });
    expect(offer.evidence.raw).toContain('DCC SEND "my pics.scr"');
  });

  test('nothing came back to any sender', async () => {
    await sleep(1_000);
    // The server answers for an account by itself, as the bare address, with an IQ or a presence; never by a message.
    const fromDecoys = bot.heard.filter(
      ({ stanza }) =>
        stanza.includes(`from="${dora()}/`) ||
        (stanza.startsWith('<message') && stanza.includes(`from="${dora()}"`)) ||
        /from="[^"]*friends\.im\.test/.test(stanza),
    );
    expect(fromDecoys).toEqual([]);
    const lines = await mal.heard();
    expect(lines.length).toBeGreaterThan(0);
    // 341 is ngircd's own answer to an INVITE, in the name of the invited.
    expect(lines.filter((line) => /^:(doris|dolly)!\S+ (?!341 )/.test(line))).toEqual([]);
  });

  test('each alert came once to each subscriber', async () => {
    const raised = await warnings(sundew);
    expect(raised.length).toBeGreaterThanOrEqual(3);
    for (const { warning } of outcomes) {
      expect(lettersOn(house.mailbox, warning.id).map(({ subject }) => subject)).toHaveLength(1);
      expect(messagesOn(paula, warning.id).map(({ stanza }) => stanza)).toHaveLength(1);
    }
    const ids = house.mailbox.letters().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the journal verifies, and the ledger has every byte that went out', async () => {
    expect(await run(dataDir, 'evidence', 'verify')).toMatch(/ 0 problems$/m);
    const lines = await ledger(sundew);
    const printed = (await run(dataDir, 'engagement', 'ledger')).trim().split('\n');
    expect(printed.length).toBeGreaterThanOrEqual(lines.length);
    const bytesOf = (decoy: string) =>
      lines.filter((one) => one.decoy === decoy && one.denied === undefined).reduce((sum, one) => sum + one.length, 0);
    const seen = (parts: readonly Buffer[]) => parts.reduce((sum, part) => sum + part.length, 0);
    expect(bytesOf('friends')).toBe(seen(house.componentBytes.sent()));
    expect(bytesOf('dolly')).toBe(seen(house.ircBytes.sent()));
    const told = lines.filter((one) => one.peer !== undefined);
    expect(new Set(told.map((one) => one.peer))).toEqual(new Set([`paula@${house.prosody.domain}`]));
    expect(new Set(told.map((one) => one.decoy))).toEqual(new Set([`alerts@${house.prosody.domain}`]));
    expect(lines.filter((one) => one.denied !== undefined)).toEqual([]);
  });

  test('after kill -9 and a start everything is there, and nobody is told twice', async () => {
    const before = await captures(sundew);
    const letters = house.mailbox.letters().length;
    const port = Number(new URL(sundew.url).port);
    await sundew.kill();
    sundew = await startSundew({ dataDir, port });
    await allOnline(sundew.control, ['dora', 'friends', 'doris', 'dolly'], 90_000);
    const after = await captures(sundew);
    expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
    expect(await run(dataDir, 'subscriber', 'list')).toMatch(/confirmed[\s\S]*confirmed/);
    await sleep(2_000);
    expect(house.mailbox.letters()).toHaveLength(letters);
    expect(await run(dataDir, 'evidence', 'verify')).toMatch(/ 0 problems$/m);
    const again = executableLure(dora(), 7);
    const sentAt = Date.now();
    bot.say(again.stanza);
    await follow({ sundew, mailbox: house.mailbox, subscriber: paula }, again.text, sentAt);
  });

  test('a Prosody that is started again gets its decoys back', async () => {
    await house.prosody.restart();
    await allOnline(sundew.control, ['dora', 'friends'], 60_000);
    const nina = await house.person('nina');
    nina.say(`<message to='${dora()}' type='chat'><body>are you back?</body></message>`);
    await capture(sundew, (row) => row.text === 'are you back?');
  });

  test('it ends within seconds of a Ctrl-C and leaves no process', async () => {
    const { pid } = sundew;
    const asked = Date.now();
    process.kill(pid, 'SIGINT');
    expect(await sundew.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    expect(left.filter((line) => line.includes(dataDir))).toEqual([]);
  });
});
