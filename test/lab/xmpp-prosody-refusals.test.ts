// XMPP decoys that may not sign on: what a real Prosody, and somebody between, get to see of them.
import { createServer, connect as dialPlain } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { XmppClientSettings } from '../../src/networks/xmpp/config.ts';
import { xmppDecoy } from '../../src/networks/xmpp/decoy.ts';
import { testContext } from '../../src/networks/xmpp/testing/test-context.ts';
import { needs } from './peers.ts';
import { type Prosody, prosodySettings, startProsody } from './prosody.ts';

describe.skipIf(needs('prosody'))('XMPP decoys that a real Prosody does not let in, or should not', () => {
  let prosody: Prosody;
  const stop = new AbortController();
  const settings = (local: string, more: Partial<XmppClientSettings> = {}): XmppClientSettings =>
    prosodySettings(prosody, local, more);

  beforeAll(async () => {
    prosody = await startProsody({ accounts: [{ local: 'dora', password: 'dora-pw' }] });
  }, 60_000);
  afterAll(async () => {
    stop.abort();
    await prosody?.stop();
  });

  it('sends not one byte of authentication over a certificate that does not hold', async () => {
    const context = testContext();
    const { ca: _ca, ...without } = settings('dora');
    await expect(xmppDecoy(without).run(context, stop.signal)).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(
      context
        .sent()
        .map((frame) => frame.text)
        .join(''),
    ).not.toMatch(/<auth|sasl/);
    expect(context.sent().at(-1)?.text).toContain('starttls');
  });

  it('sends not one byte of authentication where TLS is not offered, or was stripped on the way', async () => {
    const plain = testContext();
    const decoy = xmppDecoy(settings('dora', { address: `dora@${prosody.plainDomain}` }));
    await expect(decoy.run(plain, stop.signal)).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    const stripper = createServer((near) => {
      const far = dialPlain(prosody.port, '127.0.0.1');
      far.on('data', (chunk) =>
        near.write(chunk.toString('latin1').replace(/<starttls[^>]*?\/>|<starttls.*?<\/starttls>/, ''), 'latin1'),
      );
      near.on('data', (chunk) => far.write(chunk));
      near.on('error', () => far.destroy());
      near.on('close', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    await new Promise<void>((resolve) => stripper.listen(0, '127.0.0.1', resolve));
    const address = stripper.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const stripped = testContext();
    const run = xmppDecoy(settings('dora', { port })).run(stripped, stop.signal);
    await expect(run).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    stripper.close();
    for (const context of [plain, stripped]) {
      expect(
        context
          .sent()
          .map((frame) => frame.text)
          .join(''),
      ).not.toMatch(/<auth|sasl/);
    }
  });

  it('says DECOY_LOGIN_REFUSED on a wrong password and on a wrong component secret', async () => {
    const wrong = xmppDecoy(settings('dora', { password: 'wrong' })).run(testContext(), stop.signal);
    await expect(wrong).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const component = {
      mode: 'component',
      address: prosody.componentDomain,
      password: 'no',
      host: '127.0.0.1',
      port: prosody.componentPort,
    } as const;
    await expect(xmppDecoy(component).run(testContext(), stop.signal)).rejects.toMatchObject({
      code: 'DECOY_LOGIN_REFUSED',
    });
  });
});
