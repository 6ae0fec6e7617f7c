// Going live as the browser does it: from the demonstration to decoys on real servers, mail, XMPP and a subscriber.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Status } from '../../src/center/api/contract.ts';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { type BrowserSession, firstAdmin } from './browser-session.ts';
import { allOnline, type House, openHouse, SECRET } from './house.ts';
import { executableLure } from './lures.ts';
import { needs } from './peers.ts';
import { follow } from './witness.ts';
import type { XmppPerson } from './xmpp-person.ts';

describe.skipIf(needs('prosody', 'slixmpp', 'ngircd'))('Going live in the browser', () => {
  let house: House;
  let sundew: RunningSundew;
  let browser: BrowserSession;
  let paula: XmppPerson;

  beforeAll(async () => {
    house = await openHouse();
    sundew = await startSundew();
    browser = await firstAdmin(sundew.url, sundew.output());
    paula = await house.person('paula');
  }, 180_000);

  afterAll(async () => {
    await sundew?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
  });

  const steps = async (): Promise<readonly string[]> => {
    const status = await browser.ask<z.infer<typeof Status>>('GET', '/api/v1/status');
    return status.goingLive.filter(({ done }) => done).map(({ step }) => step);
  };

  test('a stranger may do nothing of it', async () => {
    for (const path of ['/api/v1/decoys', '/api/v1/status', '/api/v1/captures', '/api/v1/settings/mail'])
      expect((await fetch(`${sundew.url}${path}`)).status, path).toBe(401);
  });

  test('decoys are tried, added and come online', async () => {
    expect(await steps()).toEqual([]);
    const { prosody, ngircd } = house;
    const decoys = [
      { name: 'dora', network: 'xmpp', mode: 'client', address: `dora@${prosody.domain}`, password: 'dora-pw' },
      { name: 'friends', network: 'xmpp', mode: 'component', address: prosody.componentDomain, password: SECRET },
      { name: 'doris', network: 'irc', address: 'doris' },
    ].map((one) => ({ ...one, host: '127.0.0.1' }));
    const where = [
      { port: prosody.port, ca: prosody.ca },
      { port: prosody.componentPort },
      { port: ngircd.tlsPort, ca: ngircd.ca },
    ];
    for (const [at, decoy] of decoys.entries()) {
      const config = { ...decoy, ...where[at] };
      expect(await browser.ask('POST', '/api/v1/decoys/check', config)).toMatchObject({ ok: true });
      await browser.ask('POST', '/api/v1/decoys', config);
    }
    await allOnline(
      sundew.control,
      decoys.map(({ name }) => name),
    );
    expect(await steps()).toEqual(['decoy']);
  });

  test('mail, the XMPP account and a subscriber of each are set up, and the simulated data is done away with', async () => {
    const { prosody, mailbox } = house;
    const mail = { host: '127.0.0.1', port: mailbox.port, security: 'none', from: 'Sundew <alerts@sundew.example>' };
    await browser.ask('PUT', '/api/v1/settings/mail', mail);
    await browser.ask('POST', '/api/v1/settings/mail/test', { to: 'ada@sundew.example' });
    const account = { address: `alerts@${prosody.domain}`, password: 'alerts-pw', host: '127.0.0.1' };
    await browser.ask('PUT', '/api/v1/settings/im/xmpp', { ...account, port: prosody.port, ca: prosody.ca });
    await until(async () => {
      const { accounts } = await browser.ask<{ accounts: { network: string; state: string }[] }>(
        'GET',
        '/api/v1/settings/im',
      );
      return accounts.some(({ network, state }) => network === 'xmpp' && state === 'online') || undefined;
    });
    await browser.ask('POST', '/api/v1/subscribers', { channel: 'email', address: 'paula@subscribers.example' });
    await browser.ask('POST', '/api/v1/subscribers', { channel: 'xmpp', address: `paula@${prosody.domain}` });
    const letter = await until(async () => mailbox.letters().find(({ subject }) => subject.startsWith('Confirm')));
    const token = /\/confirm\/(\S+)/.exec(letter.text)?.[1];
    await browser.ask('POST', '/api/v1/subscribers/confirm', { token });
    const code = await until(async () =>
      paula.heard.map(({ stanza }) => /confirm (\d{6})/.exec(stanza)?.[1]).find((one) => one !== undefined),
    );
    paula.say(`<message to='alerts@${prosody.domain}' type='chat'><body>confirm ${code}</body></message>`);
    await until(async () => {
      const list = await browser.ask<{ subscribers: readonly { state: string }[] }>('GET', '/api/v1/subscribers');
      return list.subscribers.filter(({ state }) => state === 'confirmed').length === 2 || undefined;
    });
    await browser.ask('POST', '/api/v1/simulated/purge');
    expect(await steps()).toEqual(['decoy', 'mail', 'subscriber', 'purge']);
  });

  test('a lure reaches the mailbox, the XMPP account and the board', async () => {
    const bot = await house.person('bot');
    const lure = executableLure(`dora@${house.prosody.domain}`, 1);
    const sentAt = Date.now();
    bot.say(lure.stanza);
    const { warning } = await follow({ sundew, mailbox: house.mailbox, subscriber: paula }, lure.text, sentAt);
    expect(warning).toMatchObject({ networks: ['xmpp'], simulated: false });
    const seen = JSON.stringify(await (await fetch(`${sundew.url}/api/v1/warnings/${warning.id}`)).json());
    for (const secret of ['dora', lure.host, house.prosody.domain]) expect(seen).not.toContain(secret);
  });
});
