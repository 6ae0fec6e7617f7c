// A decoy on the range's server: what a stranger does to it, and what becomes of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialLoopback, loopbackContext, type Sent, scriptedServer, until } from '../testing/loopback.ts';
import { oscarDecoy } from './decoy.ts';
import { type OscarServer, startOscarServer } from './server.ts';
import { decoyCaptures } from './testing/decoy-run.ts';
import { fileOffer, openStranger, type Stranger } from './testing/stranger.ts';
import { encodeFeedbagItem } from './wire/feedbag.ts';
import { string16, u16 } from './wire/fields.ts';
import { encodeFlapFrame, FLAP_SIGN_OFF, FLAP_SIGN_ON } from './wire/flap.ts';
import { HELLO } from './wire/login.ts';
import { SNAC_FEEDBAG_INSERT, SNAC_WARN } from './wire/snac-types.ts';
import { encodeTlv } from './wire/tlv.ts';

let server: OscarServer;
let stranger: Stranger;

beforeEach(async () => {
  server = await startOscarServer({
    port: 0,
    accounts: [
      { name: 'dora', password: 'sekrit99' },
      { name: '100200', password: 'password' },
      { name: 'Wormy 99', password: 'worm' },
    ],
  });
  stranger = await openStranger(server.port, 'Wormy 99', 'worm');
});
afterEach(async () => {
  stranger.close();
  await server.stop();
});

const settings = (over: object = {}) => ({
  address: 'dora',
  password: 'sekrit99',
  host: '127.0.0.1',
  port: server.port,
  tls: 'none' as const,
  ...over,
});

describe('an OSCAR decoy', () => {
  it('captures words in HTML with their sender, and says nothing to anyone', async () => {
    const { captures, sent } = await decoyCaptures(settings(), async () => {
      await stranger.say('dora', '<HTML><BODY><A HREF="http://x.test/p.pif">LOL</A></BODY></HTML>');
    });
    expect(captures).toMatchObject([
      {
        kind: 'message',
        text: 'LOL',
        html: '<HTML><BODY><A HREF="http://x.test/p.pif">LOL</A></BODY></HTML>',
        peer: { id: 'wormy99', name: 'Wormy 99', verifiedBy: 'own-server' },
      },
    ]);
    expect(captures[0]).not.toHaveProperty('native');
    expect(sent.every(({ intent }) => intent.peer === undefined)).toBe(true);
  });

  it('captures every kind of offer with the address that the server saw', async () => {
    const { captures } = await decoyCaptures(settings(), async () => await stranger.provoke('dora'));
    const byKind = Object.fromEntries(captures.map((capture) => [capture.kind, capture]));
    expect(byKind['file-offer']).toMatchObject({
      file: { name: 'me.jpg.pif', size: 24_576 },
      text: 'see pic',
      peer: { address: '127.0.0.1:4443' },
      meta: { rendezvous: { service: 'send-file', claimed: '10.0.0.5', verified: '127.0.0.1', port: 4443 } },
    });
    expect(byKind['transfer-request']).toMatchObject({ meta: { rendezvous: { service: 'direct-im' } } });
    expect(byKind['group-invite']).toMatchObject({ conversation: '4-0-hot', text: 'join' });
    expect(byKind.probe).toMatchObject({ meta: { icqName: 'status-request', claimedUin: '3001234' } });
    expect(byKind.typing).toMatchObject({ meta: { event: 'typing' } });
    expect(byKind['contact-request']).toMatchObject({ text: 'add me pls' });
    expect(byKind.warning).toMatchObject({ peer: { id: 'wormy99' }, meta: { level: 10 } });
  });

  it('is an ICQ number with a roasted login, is told of who added it, and reads its links and contacts', async () => {
    const icq = settings({ address: '100200', password: 'password', login: 'roasted' });
    const { captures } = await decoyCaptures(icq, async () => {
      await stranger.icq('100200', 3_001_234, 4, Buffer.from('free\xfehttp://x.test/a.exe', 'latin1'));
      await stranger.icq('100200', 1, 0x13, Buffer.from('2\xfe111\xfea\xfe222\xfeb\xfe', 'latin1'));
      await stranger.icq('100200', 1, 0x13, Buffer.from('9\xfe111\xfe', 'latin1'));
      const item = { name: '100200', group: 1, item: 1, class: 0, attributes: new Uint8Array(0) };
      await stranger.send(SNAC_FEEDBAG_INSERT, encodeFeedbagItem(item));
      await stranger.send(SNAC_WARN, Buffer.concat([u16(1), Buffer.from([6]), Buffer.from('100200')]));
    });
    expect(captures).toMatchObject([
      { kind: 'message', text: 'free http://x.test/a.exe', meta: { icqName: 'url' } },
      { kind: 'roster-push', meta: { contacts: 2 } },
      { kind: 'malformed', meta: { resembles: ['CVE-2009-3615', 'CVE-2002-2075'] } },
      { kind: 'contact-change', meta: { event: 'added-you' } },
      { kind: 'warning', meta: { anonymous: true, level: 3 } },
    ]);
    expect(JSON.stringify(captures)).not.toContain('222');
  });

  it('fetches what came while it was away, with its time and a name of its own', async () => {
    await stranger.say('dora', 'come back');
    const { captures } = await decoyCaptures(settings(), async () => undefined);
    expect(captures).toMatchObject([{ kind: 'message', text: 'come back', meta: { offline: true } }]);
    expect(captures[0]?.sentAt).toMatch(/Z$/);
    expect(captures[0]?.native).toMatch(/^stored:wormy99:/);
  });

  it('marks offers that aim at old clients', async () => {
    const { captures } = await decoyCaptures(settings(), async () => {
      await stranger.offer('dora', 'send-file', fileOffer('a'.repeat(2000), 1));
      await stranger.offer('dora', 'games', [{ type: 0x2711, value: new Uint8Array(4000).fill(0x41) }]);
      await stranger.offer('dora', 'send-file', [{ type: 0x2711, value: Uint8Array.of(0, 1) }]);
    });
    expect(captures).toMatchObject([
      { kind: 'malformed', meta: { vulnerability: 'over-long file name' } },
      { kind: 'malformed', meta: { resembles: ['CVE-2002-0005', 'CVE-2002-0028'] } },
      { kind: 'malformed', peer: { id: 'wormy99' }, meta: { reason: expect.any(String) as string } },
    ]);
  });

  it('is refused with a wrong password, and does not sign on in the clear to a host that is not here', async () => {
    const run = (over: object, context = loopbackContext()) =>
      oscarDecoy(settings(over)).run(context, AbortSignal.timeout(5000));
    await expect(run({ password: 'no' })).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    await expect(run({ address: 'nobody' })).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    await expect(run({ password: 'no', login: 'roasted' })).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const sent: Sent[] = [];
    const away = loopbackContext({ dial: (endpoint) => dialLoopback(endpoint, sent, { loopback: false }) });
    await expect(run({}, away)).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(sent).toEqual([]);
    const done = AbortSignal.timeout(400);
    await oscarDecoy(settings({ insecure: true })).run(away, done);
    expect(away.states).toContain('online');
  });

  it('follows the login server only to hosts that the operator named', async () => {
    const elsewhere = await startOscarServer({
      port: 0,
      advertise: 'bos.evil.test:5190',
      accounts: [{ name: 'dora', password: 'sekrit99' }],
    });
    const dialled: string[] = [];
    const sent: Sent[] = [];
    const context = loopbackContext({
      dial: (endpoint) => {
        dialled.push(endpoint.host);
        return dialLoopback({ ...endpoint, port: elsewhere.port }, sent);
      },
    });
    const config = settings({ port: elsewhere.port });
    await expect(oscarDecoy(config).run(context, AbortSignal.timeout(5000))).rejects.toMatchObject({
      code: 'DECOY_UNSUPPORTED',
    });
    expect(dialled).toEqual(['127.0.0.1']);
    const named = { ...config, hosts: ['bos.evil.test'] };
    await oscarDecoy(named).run(context, AbortSignal.timeout(400));
    expect(context.states).toContain('online');
    await elsewhere.stop();
  });

  it('says who ended its session: another sign-on, or the server', async () => {
    const context = loopbackContext();
    let count = 0;
    const fake = await scriptedServer((socket) => {
      socket.write(encodeFlapFrame({ channel: FLAP_SIGN_ON, sequence: 1, payload: HELLO }));
      const fields = [encodeTlv(5, Buffer.from('127.0.0.1')), encodeTlv(6, string16('c'))];
      socket.once('data', () => {
        const first = count === 0;
        count += 1;
        const payload = first ? Buffer.concat(fields) : encodeTlv(9, u16(1));
        socket.end(encodeFlapFrame({ channel: FLAP_SIGN_OFF, sequence: 2, payload }));
      });
    });
    const config = settings({ port: fake.port, login: 'roasted' });
    await expect(oscarDecoy(config).run(context, AbortSignal.timeout(5000))).rejects.toMatchObject({
      code: 'DECOY_CONFLICT',
    });
    expect(context.captures).toMatchObject([
      { draft: { kind: 'service-notice', meta: { signedOff: 'signed on elsewhere' } } },
    ]);
    await fake.stop();
    await until(() => context.states.at(-1) === 'offline', 'offline');
  });
});
