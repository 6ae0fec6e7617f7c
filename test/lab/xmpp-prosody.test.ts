// XMPP decoys against a real Prosody, with senders that share no code with us (slixmpp, sendxmpp).
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openXmppClient } from '../../src/networks/xmpp/client.ts';
import type { XmppClientSettings } from '../../src/networks/xmpp/config.ts';
import { xmppDecoy } from '../../src/networks/xmpp/decoy.ts';
import { dialTest } from '../../src/networks/xmpp/testing/socket-link.ts';
import { REAL_CLOCK, type TestContext, testContext } from '../../src/networks/xmpp/testing/test-context.ts';
import { needs } from './peers.ts';
import { type Prosody, prosodySettings, startProsody } from './prosody.ts';
import { sendBySlixmpp } from './slixmpp.ts';

let prosody: Prosody;
const stops: AbortController[] = [];

beforeAll(async () => {
  if (needs('prosody', 'slixmpp')) return;
  const accounts = ['dora', 'bot', 'carl', 'crash', 'lena', 'ana'].map((local) => ({ local, password: `${local}-pw` }));
  prosody = await startProsody({ accounts });
}, 60_000);

afterAll(async () => {
  for (const stop of stops) stop.abort();
  await sleep(100);
  await prosody?.stop();
});

const settings = (local: string): XmppClientSettings => prosodySettings(prosody, local);

function newStop(): AbortController {
  const stop = new AbortController();
  stops.push(stop);
  return stop;
}

async function online(
  context: TestContext,
  decoy = xmppDecoy(settings('dora')),
): Promise<{ readonly stop: AbortController; readonly done: Promise<unknown> }> {
  const stop = newStop();
  const done = decoy.run(context, stop.signal).catch((error: unknown) => error);
  const before = context.states.filter((state) => state === 'online').length;
  await Promise.race([
    context.until(() => context.states.filter((state) => state === 'online').length > before, 'sign-on'),
    done.then((error) => {
      throw error;
    }),
  ]);
  return { stop, done };
}

const sendAll = (local: string, stanzas: readonly string[]) => sendBySlixmpp(prosody, local, stanzas);

const kinds = (context: TestContext): string[] => context.kept.map((one) => one.draft.kind).sort();

const SI = `<si xmlns='http://jabber.org/protocol/si' id='a0' mime-type='image/jpeg' profile='http://jabber.org/protocol/si/profile/file-transfer'><file xmlns='http://jabber.org/protocol/si/profile/file-transfer' name='holiday.jpg.scr' size='48128' hash='552da749930852c69ae5d2141d3766b1'><desc>look</desc></file><feature xmlns='http://jabber.org/protocol/feature-neg'><x xmlns='jabber:x:data' type='form'><field var='stream-method' type='list-single'><option><value>http://jabber.org/protocol/bytestreams</value></option></field></x></feature></si>`;
const JINGLE = `<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s1'><content creator='initiator' name='f'><description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>update.exe</name><size>6144</size><media-type>application/octet-stream</media-type><hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</hash></file></description><transport xmlns='urn:xmpp:jingle:transports:s5b:1' sid='t'><candidate cid='c' host='192.0.2.7' port='5086' jid='x@y' type='direct'/></transport></content></jingle>`;

describe.skipIf(needs('prosody', 'slixmpp'))('XMPP decoys on a real Prosody', () => {
  it('a client decoy captures what an independent client sends, over verified TLS with SCRAM, and answers nothing', async () => {
    const context = testContext();
    const { stop, done } = await online(context);
    expect(context.links[0]?.tls).toMatchObject({ verified: true, protocol: 'TLSv1.3' });
    const to = `dora@${prosody.domain}`;
    const got = await sendAll('bot', [
      `<message to='${to}' type='chat' id='m1'><body>hi 😀 é 漢字 look http://x.example/a.scr</body><active xmlns='http://jabber.org/protocol/chatstates'/><request xmlns='urn:xmpp:receipts'/></message>`,
      `<message to='${to}' type='headline' id='m2'><subject>News</subject><body>headline</body></message>`,
      `<presence to='${to}' type='subscribe'><status>add me, my pics</status><nick xmlns='http://jabber.org/protocol/nick'>Nina</nick></presence>`,
      `<presence to='${prosody.rooms.replace(/^/, 'den@')}/nina'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
      `<iq to='den@${prosody.rooms}' type='set' id='cfg'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>`,
      `<message to='den@${prosody.rooms}' id='inv'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='${to}'><reason>free songs here</reason></invite></x></message>`,
      `<message to='${to}' id='m3'><body>bank</body><html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><a href='http://evil.example/login'>http://bank.example</a></body></html></message>`,
      `<message to='${to}' id='m4' type='chat'><propose xmlns='urn:xmpp:jingle-message:0' id='call1'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></propose><store xmlns='urn:xmpp:hints'/></message>`,
      `<iq to='${to}' type='set' id='si1'>${SI}</iq>`,
      `<message to='${to}' type='chat' id='${'m5'}'><body>${'ü漢😀'.repeat(4000)}</body></message>`,
    ]);
    await context.until(() => context.kept.length >= 7, 'seven captures');
    await sleep(300);
    expect(kinds(context)).toEqual([
      'call',
      'contact-request',
      'group-invite',
      'message',
      'message',
      'message',
      'message',
    ]);
    const find = (id: string) => context.kept.find((one) => one.draft.meta?.id === id)?.draft;
    expect(find('m1')).toMatchObject({
      text: 'hi 😀 é 漢字 look http://x.example/a.scr',
      native: expect.stringMatching(/^stanza-id:/),
      peer: { id: `bot@${prosody.domain}`, verifiedBy: 'own-server' },
      meta: { receiptRequested: true, chatState: 'active' },
    });
    expect(find('m2')).toMatchObject({ text: 'headline', meta: { type: 'headline', subject: 'News' } });
    expect(find('m3')).toMatchObject({ meta: { links: [{ href: 'http://evil.example/login', mismatch: true }] } });
    expect(find('m5')?.text).toBe('ü漢😀'.repeat(4000));
    const request = context.kept.find((one) => one.draft.kind === 'contact-request')?.draft;
    expect(request).toMatchObject({ text: 'add me, my pics', peer: { name: 'Nina' } });
    const invite = context.kept.find((one) => one.draft.kind === 'group-invite')?.draft;
    expect(invite).toMatchObject({
      conversation: `den@${prosody.rooms}`,
      text: 'free songs here',
      // An occupant is all that Prosody tells of an inviter.
      peer: { id: `den@${prosody.rooms}/nina`, verifiedBy: 'federated' },
    });
    // The server itself answers for the account (the IQ, a probe), always as the bare address. The decoy said nothing.
    expect(got.filter((line) => line.includes(`from="${to}/`) || line.includes(`<message from="${to}`))).toEqual([]);
    expect(context.sent().every((frame) => frame.intent.peer === undefined)).toBe(true);
    stop.abort();
    expect(await done).toBeUndefined();
  });

  it('the subscription request that comes again at the next sign-on has the same native id', async () => {
    const context = testContext();
    const { stop, done } = await online(context);
    await context.until(() => context.kept.length >= 1, 'the repeated request');
    stop.abort();
    await done;
    const again = testContext();
    const second = await online(again);
    await again.until(() => again.kept.length >= 1, 'the repeated request');
    second.stop.abort();
    await second.done;
    expect(again.kept[0]?.draft.kind).toBe('contact-request');
    expect(again.kept[0]?.draft.native).toBe(context.kept[0]?.draft.native);
  });

  it('a component decoy captures file offers to any of its addresses and answers nothing', async () => {
    const context = testContext();
    const component = xmppDecoy({
      mode: 'component',
      address: prosody.componentDomain,
      password: 'decoy-secret',
      host: '127.0.0.1',
      port: prosody.componentPort,
    });
    const { stop, done } = await online(context, component);
    const mary = `mary.w@${prosody.componentDomain}`;
    const got = await sendAll('bot', [
      `<iq to='${mary}' type='set' id='si2'>${SI}</iq>`,
      `<iq to='joe@${prosody.componentDomain}/x' type='set' id='j1'>${JINGLE}</iq>`,
      `<iq to='${mary}' type='get' id='v1'><query xmlns='jabber:iq:version'/></iq>`,
      `<message to='${mary}'><x xmlns='http://jabber.org/protocol/rosterx'><item action='add' jid='eve@evil.example' name='Eve'/></x></message>`,
      `<message to='${mary}' type='headline'><attention xmlns='urn:xmpp:attention:0'/></message>`,
      `<message to='${mary}' type='error' id='e'><body>you said</body><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    ]);
    await context.until(() => context.kept.length >= 6, 'six captures');
    expect(kinds(context)).toEqual(['backscatter', 'file-offer', 'file-offer', 'nudge', 'probe', 'roster-push']);
    const offers = context.kept.filter((one) => one.draft.kind === 'file-offer').map((one) => one.draft);
    expect(offers[0]).toMatchObject({ decoy: mary, file: { name: 'holiday.jpg.scr', size: 48128 }, text: 'look' });
    expect(offers[1]).toMatchObject({
      decoy: `joe@${prosody.componentDomain}`,
      file: {
        name: 'update.exe',
        size: 6144,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
      meta: { hosts: [{ host: '192.0.2.7', port: 5086 }] },
    });
    expect(got.filter((line) => line.includes(prosody.componentDomain))).toEqual([]);
    expect(context.sent().map((frame) => frame.intent.act)).toEqual(['sign-on', 'sign-on']);
    stop.abort();
    expect(await done).toBeUndefined();
  });

  it('learns at sign-on who has it on the list, the same each time, and hears who takes it off', async () => {
    const [lena, ana] = [`lena@${prosody.domain}`, `ana@${prosody.domain}`];
    // The operator plants it: another account adds it, and a plain client of the decoy's account says yes.
    await sendAll('ana', [`<presence to='${lena}' type='subscribe'/>`]);
    await sendAll('lena', [`<presence to='${ana}' type='subscribed'/>`]);
    const context = testContext();
    const first = await online(context, xmppDecoy(settings('lena')));
    await context.until(() => context.kept.length >= 1, 'the list');
    expect(context.kept[0]?.draft).toMatchObject({
      ...{ kind: 'service-notice', peer: { id: prosody.domain, verifiedBy: 'own-server' } },
      meta: { event: 'contact-list', contacts: [ana] },
    });
    expect(context.kept[0]?.raw).toContain('jabber:iq:roster');
    first.stop.abort();
    await first.done;
    const again = testContext();
    const second = await online(again, xmppDecoy(settings('lena')));
    await again.until(() => again.kept.length >= 1, 'the list again');
    expect(again.kept[0]?.draft.native).toBe(context.kept[0]?.draft.native);
    await sendAll('ana', [`<presence to='${lena}' type='unsubscribe'/>`]);
    const gone = () => again.kept.find(({ draft }) => draft.meta?.event === 'removed-you')?.draft;
    await again.until(() => gone() !== undefined, 'the change');
    expect(gone()).toMatchObject({ kind: 'contact-change', peer: { id: ana }, meta: { type: 'unsubscribe' } });
    second.stop.abort();
    await second.done;
    const last = testContext();
    const third = await online(last, xmppDecoy(settings('lena')));
    await sendAll('bot', [`<message to='${lena}' type='chat' id='after'><body>hello</body></message>`]);
    await last.until(() => last.kept.some(({ draft }) => draft.kind === 'message'), 'the message');
    expect(last.kept.filter(({ draft }) => draft.kind === 'service-notice')).toEqual([]);
    third.stop.abort();
    await third.done;
    expect([...context.sent(), ...again.sent(), ...last.sent()].filter(({ text }) => text.includes('ana@'))).toEqual(
      [],
    );
  });

  it('resumes after a cut: no loss and no duplicate', async () => {
    const context = testContext();
    const decoy = xmppDecoy(settings('carl'));
    const first = await online(context, decoy);
    const messages = (from: number, to: number): string[] =>
      Array.from(
        { length: to - from },
        (_, n) =>
          `<message to='carl@${prosody.domain}' type='chat' id='r${from + n}'><body>n${from + n}</body></message>`,
      );
    await sendAll('bot', messages(0, 5));
    await context.until(() => context.kept.length === 5, 'five');
    context.links[0]?.cut();
    expect(await first.done).toMatchObject({ code: 'WIRE_CLOSED' });
    await sendAll('bot', messages(5, 12));
    const second = await online(context, decoy);
    await context.until(() => context.kept.length >= 12, 'twelve');
    await sleep(300);
    second.stop.abort();
    await second.done;
    expect(context.sent().some((frame) => frame.text.includes('<resume'))).toBe(true);
    expect(context.sent().filter((frame) => frame.text.includes('<bind'))).toHaveLength(1);
    expect(context.kept.map((one) => one.draft.text)).toEqual(Array.from({ length: 12 }, (_, n) => `n${n}`));
  });

  it('gets in a new process, at once, what a crashed one had not stored', async () => {
    const crashed = testContext();
    crashed.hold = new Promise(() => undefined);
    await online(crashed, xmppDecoy(settings('crash')));
    await sendAll('bot', [
      `<message to='crash@${prosody.domain}' type='chat' id='c1'><body>do not lose me</body></message>`,
    ]);
    crashed.links[0]?.cut();
    const context = testContext();
    const { stop, done } = await online(context, xmppDecoy(settings('crash')));
    await context.until(() => context.kept.length >= 1, 'the message again');
    stop.abort();
    await done;
    expect(context.kept[0]?.draft).toMatchObject({ text: 'do not lose me' });
  });

  it('a notifier reaches an account and learns that the server has the message', async () => {
    const context = testContext();
    const { stop, done } = await online(context);
    const before = context.kept.length;
    await using client = await openXmppClient(
      { settings: settings('bot'), dial: (endpoint) => dialTest(endpoint), clock: REAL_CLOCK },
      newStop().signal,
    );
    const to = `dora@${prosody.domain}`;
    await client.sendMessage({
      to,
      body: 'alert',
      subject: 'W-1',
      id: 'i',
      originId: 'o',
      intent: { act: 'notify', peer: to },
    });
    await context.until(() => context.kept.slice(before).some((one) => one.draft.text === 'alert'), 'the alert');
    stop.abort();
    await done;
  });

  it.skipIf(needs('sendxmpp'))('captures what sendxmpp sends', async () => {
    const context = testContext();
    const { stop, done } = await online(context);
    const rc = join(prosody.dir, 'sendxmpprc');
    await writeFile(rc, `bot@${prosody.domain}:${prosody.port} bot-pw\n`, { mode: 0o600 });
    const child = execFile('sendxmpp', [
      '-f',
      rc,
      '-j',
      `127.0.0.1:${prosody.port}`,
      '-o',
      prosody.domain,
      '-t',
      '-n',
      '-s',
      'Sub',
      `dora@${prosody.domain}`,
    ]);
    let said = '';
    child.stderr?.on('data', (chunk: string) => {
      said += chunk;
    });
    child.stdin?.end('sent by sendxmpp');
    await context
      .until(() => context.kept.some((one) => one.draft.text?.includes('sendxmpp') === true), 'the message')
      .catch((cause: unknown) => {
        throw new Error(`sendxmpp said: ${said}`, { cause });
      });
    stop.abort();
    await done;
  });
});
