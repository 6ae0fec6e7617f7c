// From the demonstration to real warnings in the browser alone, as an operator would: no command, no file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startXmppServer, type XmppServer } from '../../src/networks/xmpp/server.ts';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { launchChromium, type Watched, watch } from './browser.ts';
import { type LabMailbox, openMailbox } from './mailbox.ts';
import { EMAIL, type Operator, operatorAt, setupLinkIn, WAIT } from './operator.ts';
import { needs } from './peers.ts';
import { startProsody } from './prosody.ts';

const SUBSCRIBER = 'paula@subscribers.example';
const DECOY = 'dora@decoys.example';

describe.skipIf(needs('chromium'))('going live in the browser', { timeout: 120_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let ada: Operator;
  let xmpp: XmppServer;
  let mailbox: LabMailbox;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-live-'));
    xmpp = await startXmppServer({
      domain: 'decoys.example',
      accounts: [
        { local: 'dora', password: 'the right one' },
        { local: 'stranger', password: 'of no matter' },
      ],
    });
    mailbox = await openMailbox();
    browser = await launchChromium();
    sundew = await startSundew({ dataDir: join(dir, 'data') });
    desk = await watch(browser, () => sundew.url, { size: 'desk', scheme: 'light' });
    ada = operatorAt(desk);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await xmpp?.stop();
    await mailbox?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  const say = (id: string, text: string): void =>
    xmpp.deliver(
      `<message xmlns='jabber:client' from='mallory${id}@spam.example/x' to='${DECOY}' type='chat' id='${id}'><body>${text}</body></message>`,
    );

  test('the link that start prints makes the first administrator, once', async () => {
    for (const last of [false, true]) {
      await ada.setUp(setupLinkIn(sundew.output()));
      await ada.shown(last ? 'this link is not valid or was used' : 'The administrator is there.');
    }
    await ada.signIn();
    await ada.heading('Overview');
  });

  test('a decoy is refused in a sentence while its password is wrong, and signs on when it is right', async () => {
    await desk.page.getByRole('link', { name: /^Going live/ }).click();
    await ada.heading('Going live');
    await ada.field('Name in Sundew').fill('dora');
    await ada.field('Address').fill(DECOY);
    await ada.field('Password').fill('the wrong one');
    await desk.page.getByLabel('Encryption').selectOption('none');
    await ada.field('Host').fill('127.0.0.1');
    await ada.field('Port').fill(String(xmpp.port));
    await ada.button('Check sign-on').click();
    await ada.shown(/password|credentials/i);
    await ada.shown('DECOY_LOGIN_REFUSED');
    await ada.field('Password').fill('the right one');
    await ada.button('Check sign-on').click();
    await ada.shown(/signed on|signs on|works/i);
    await ada.button('Add and enable').click();
    await desk.page.getByRole('heading', { name: /Outgoing mail/ }).waitFor(WAIT);
    await desk.page.getByRole('link', { name: 'Decoys' }).click();
    await desk.page.getByRole('row', { name: /dora/ }).getByText('online').waitFor(WAIT);
  });

  test('the board is not marked as simulated any more', async () => {
    await desk.visit('/');
    await desk.page.getByText('Live', { exact: true }).waitFor(WAIT);
    expect(await desk.page.getByText('Simulated:').count()).toBe(0);
    await ada.shown('Quiet: nothing has touched a decoy yet.');
  });

  test('what a stranger writes shows in the console while it is looked at', async () => {
    await desk.visit('/console/captures');
    await desk.page.getByText('Live', { exact: true }).last().waitFor(WAIT);
    say('1', 'hello dora, are you there?');
    await ada.shown('hello dora, are you there?');
    await desk.page
      .getByRole('row', { name: /hello dora/ })
      .getByRole('link')
      .first()
      .click();
    await ada.heading('Capture');
    await ada.shown('"simulated": false');
  });

  test('outgoing mail is set up and a test message arrives', async () => {
    await desk.visit('/console/going-live');
    await ada.field('Server').fill('127.0.0.1');
    await ada.field('Port').fill(String(mailbox.port));
    await desk.page.getByLabel('Encryption').selectOption('none');
    await ada.field('From').fill('Sundew <alerts@sundew.example>');
    await ada.button('Save').click();
    await ada.field('Test message to').fill(EMAIL);
    await ada.button('Send a test message').click();
    await until(async () => mailbox.letters().find(({ to }) => to === EMAIL));
    await ada.shown(`The test message was handed over for ${EMAIL}`);
  });

  test('the first subscriber asks, confirms, and gets the alert on an executable link', async () => {
    await desk.visit('/console/going-live');
    await ada.field('E-mail address').fill(SUBSCRIBER);
    await ada.button('Ask for alerts').click();
    await ada.shown('is on its way');
    const question = await until(async () => mailbox.letters().find(({ text }) => text.includes('/confirm/')));
    await desk.visit(new URL(/http:\S+\/confirm\/\S+/.exec(question.text)?.[0] ?? '').pathname);
    await ada.button('Confirm').click();
    await ada.shown('confirmed: you will be told');
    say('2', 'omg is this you? http://photos.spam.example/holiday.jpg.scr');
    const alert = await until(async () =>
      mailbox.letters().find(({ to, subject }) => to === SUBSCRIBER && subject.includes('W-')),
    );
    expect(alert.subject).not.toContain('SIMULATED');
    expect(alert.text).not.toContain('http://photos');
  });

  test('the simulated data goes by its button, and what is live stays', async () => {
    await desk.visit('/console/going-live');
    await ada.button('Purge simulated data …').click();
    await ada.button('Purge').last().click();
    await ada.heading('Overview');
    await expect.poll(() => desk.page.getByRole('link', { name: /^Going live/ }).count()).toBe(0);
    expect(await desk.page.getByRole('link', { name: 'Simulated' }).count()).toBe(0);
    await desk.visit('/console/captures');
    await ada.shown('hello dora, are you there?');
    await desk.visit('/console/subscribers');
    await ada.shown(SUBSCRIBER);
  });

  test('a subscriber is erased after a question', async () => {
    await desk.visit('/console/subscribers');
    await ada.button('Erase …').click();
    await ada.button('Erase').last().click();
    await ada.shown('Nobody has subscribed yet.');
  });

  test.skipIf(needs('prosody'))(
    'a certificate pasted as text is trusted, and without it the sentence says why not',
    async () => {
      const prosody = await startProsody({ accounts: [{ local: 'eve', password: 'eve-pw' }] });
      try {
        await desk.visit('/console/decoys');
        await ada.field('Name in Sundew').fill('eve');
        await ada.field('Address').fill(`eve@${prosody.domain}`);
        await ada.field('Password').fill('eve-pw');
        await ada.field('Host').fill('127.0.0.1');
        await ada.field('Port').fill(String(prosody.port));
        await ada.button('Check sign-on').click();
        await ada.shown(/certificate/i);
        await desk.page.getByLabel('Extra root certificate').fill(prosody.ca);
        await ada.button('Check sign-on').click();
        await ada.shown(/signed on|signs on|works/i);
        await ada.button('Add and enable').click();
        await desk.page.getByRole('row', { name: /eve@/ }).getByText('online').waitFor(WAIT);
      } finally {
        await prosody.stop();
      }
    },
  );

  test('engagement is stopped with a reason, and the console says so everywhere', async () => {
    await desk.visit('/console');
    await ada.button('Stop engagement …').click();
    await ada.field('Reason, for the ledger').fill('drill');
    await ada.button('Stop now').click();
    await ada.shown('Engagement stopped');
    await desk.visit('/console/captures');
    await ada.shown('Engagement stopped');
  });

  test('not one complaint was made on the whole way', () => {
    expect(desk.complaints).toEqual([]);
  });
});
