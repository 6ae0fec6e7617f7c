// From the demonstration to real warnings in the browser alone, as an operator would: no command, no file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startXmppServer, type XmppServer } from '../../src/networks/xmpp/server.ts';
import { type RunningSundew, startSundew, until } from '../support/sundew.ts';
import { launchChromium, overflowOf, type Watched, watch } from './browser.ts';
import { type LabMailbox, openMailbox } from './mailbox.ts';
import { needs } from './peers.ts';
import { startProsody } from './prosody.ts';
import { totp } from './totp.ts';

const PASSWORD = 'a long enough sentence';
const EMAIL = 'ada@sundew.example';
const SUBSCRIBER = 'paula@subscribers.example';
const DECOY = 'dora@decoys.example';
const WAIT = { timeout: 30_000 } as const;

describe.skipIf(needs('chromium'))('going live in the browser', { timeout: 120_000 }, () => {
  let dir: string;
  let sundew: RunningSundew;
  let browser: Browser;
  let desk: Watched;
  let xmpp: XmppServer;
  let mailbox: LabMailbox;
  let secret = '';
  let backupCodes: readonly string[] = [];

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
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sundew?.[Symbol.asyncDispose]();
    await xmpp?.stop();
    await mailbox?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  const field = (name: string | RegExp): Locator => desk.page.getByRole('textbox', { name });
  const button = (name: string | RegExp): Locator => desk.page.getByRole('button', { name });
  const heading = (name: string | RegExp): Promise<void> =>
    desk.page.getByRole('heading', { level: 1, name }).waitFor(WAIT);
  const shown = (text: string | RegExp): Promise<void> => desk.page.getByText(text).first().waitFor(WAIT);
  const signIn = async (): Promise<void> => {
    await desk.visit('/login');
    await field('E-mail address').fill(EMAIL);
    await field('Password').fill(PASSWORD);
    await button('Sign in').click();
  };
  const say = (id: string, text: string): void =>
    xmpp.deliver(
      `<message xmlns='jabber:client' from='mallory${id}@spam.example/x' to='${DECOY}' type='chat' id='${id}'><body>${text}</body></message>`,
    );

  test('the link that start prints makes the first administrator, once', async () => {
    const link = /http:\S+(\/setup\?token=\S+)/.exec(sundew.output())?.[1] ?? '';
    for (const last of [false, true]) {
      await desk.visit(link);
      await field('Name').fill('Ada Operator');
      await field('E-mail address').fill(EMAIL);
      await field('Password').fill(PASSWORD);
      await button('Make the administrator').click();
      await shown(last ? 'this link is not valid or was used' : 'The administrator is there.');
    }
    await signIn();
    await heading('Overview');
  });

  test('a decoy is refused in a sentence while its password is wrong, and signs on when it is right', async () => {
    await desk.page.getByRole('link', { name: /^Going live/ }).click();
    await heading('Going live');
    await field('Name in Sundew').fill('dora');
    await field('Address').fill(DECOY);
    await field('Password').fill('the wrong one');
    await desk.page.getByLabel('Encryption').selectOption('none');
    await field('Host').fill('127.0.0.1');
    await field('Port').fill(String(xmpp.port));
    await button('Check sign-on').click();
    await shown(/password|credentials/i);
    await shown('DECOY_LOGIN_REFUSED');
    await field('Password').fill('the right one');
    await button('Check sign-on').click();
    await shown(/signed on|signs on|works/i);
    await button('Add and enable').click();
    await desk.page.getByRole('heading', { name: /Outgoing mail/ }).waitFor(WAIT);
    await desk.page.getByRole('link', { name: 'Decoys' }).click();
    await desk.page.getByRole('row', { name: /dora/ }).getByText('online').waitFor(WAIT);
  });

  test('the board is not marked as simulated any more', async () => {
    await desk.visit('/');
    await desk.page.getByText('Live', { exact: true }).waitFor(WAIT);
    expect(await desk.page.getByText('Simulated:').count()).toBe(0);
    await shown('Quiet: nothing has touched a decoy yet.');
  });

  test('what a stranger writes shows in the console while it is looked at', async () => {
    await desk.visit('/console/captures');
    await desk.page.getByText('Live', { exact: true }).last().waitFor(WAIT);
    say('1', 'hello dora, are you there?');
    await shown('hello dora, are you there?');
    await desk.page
      .getByRole('row', { name: /hello dora/ })
      .getByRole('link')
      .first()
      .click();
    await heading('Capture');
    await shown('"simulated": false');
  });

  test('outgoing mail is set up and a test message arrives', async () => {
    await desk.visit('/console/going-live');
    await field('Server').fill('127.0.0.1');
    await field('Port').fill(String(mailbox.port));
    await desk.page.getByLabel('Encryption').selectOption('none');
    await field('From').fill('Sundew <alerts@sundew.example>');
    await button('Save').click();
    await field('Test message to').fill(EMAIL);
    await button('Send a test message').click();
    await until(async () => mailbox.letters().find(({ to }) => to === EMAIL));
    await shown(`The test message was handed over for ${EMAIL}`);
  });

  test('the first subscriber asks, confirms, and gets the alert on an executable link', async () => {
    await desk.visit('/console/going-live');
    await field('E-mail address').fill(SUBSCRIBER);
    await button('Ask for alerts').click();
    await shown('is on its way');
    const question = await until(async () => mailbox.letters().find(({ text }) => text.includes('/confirm/')));
    await desk.visit(new URL(/http:\S+\/confirm\/\S+/.exec(question.text)?.[0] ?? '').pathname);
    await button('Confirm').click();
    await shown('confirmed: you will be told');
    say('2', 'omg is this you? http://photos.spam.example/holiday.jpg.scr');
    const alert = await until(async () =>
      mailbox.letters().find(({ to, subject }) => to === SUBSCRIBER && subject.includes('W-')),
    );
    expect(alert.subject).not.toContain('SIMULATED');
    expect(alert.text).not.toContain('http://photos');
  });

  test('the simulated data goes by its button, and what is live stays', async () => {
    await desk.visit('/console/going-live');
    await button('Purge simulated data …').click();
    await button('Purge').last().click();
    await heading('Overview');
    await expect.poll(() => desk.page.getByRole('link', { name: /^Going live/ }).count()).toBe(0);
    expect(await desk.page.getByRole('link', { name: 'Simulated' }).count()).toBe(0);
    await desk.visit('/console/captures');
    await shown('hello dora, are you there?');
    await desk.visit('/console/subscribers');
    await shown(SUBSCRIBER);
  });

  test('the ledger tells what was sent and by which rule', async () => {
    await desk.page.getByRole('link', { name: 'Ledger' }).click();
    await heading('Ledger');
    await shown('sign-on');
    expect(await desk.page.getByText('denied', { exact: true }).count()).toBe(0);
    expect(await desk.page.locator('.sd-table tbody tr').count()).toBeGreaterThan(3);
  });

  test('a threat is edited and its revision shown', async () => {
    await desk.visit('/console/threats/im.bropia.msn/edit');
    await field('Summary').fill('Rewritten by Ada.');
    await field('Reason for the change').fill('shorter');
    await button('Save revision').click();
    await heading(/Bropia/);
    await shown('Rewritten by Ada.');
    await shown('shorter');
  });

  test('no dead letters, and the page says so', async () => {
    await desk.visit('/console/dead-letters');
    await shown('None. Everything that came was taken in.');
  });

  test('an admin adds an analyst, who sees no users', async () => {
    await desk.visit('/console/users');
    await field('Name').fill('Bob Analyst');
    await field('E-mail address').fill('bob@sundew.example');
    await field('First password').fill(PASSWORD);
    await button('Add user').click();
    await shown('bob@sundew.example may sign in');
    await using other = await watch(browser, () => sundew.url, { size: 'phone', scheme: 'dark' });
    await other.visit('/login');
    await other.page.getByLabel('E-mail address').fill('bob@sundew.example');
    await other.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor(WAIT);
    expect(await other.page.getByRole('link', { name: 'Users' }).count()).toBe(0);
    for (const path of ['captures', 'campaigns', 'decoys', 'ledger', 'account', 'dead-letters']) {
      await other.visit(`/console/${path}`);
      expect([path, await overflowOf(other.page)]).toEqual([path, 0]);
    }
    expect(other.complaints).toEqual([]);
  });

  test('a second factor is enrolled by QR code or secret, and asked for at the next sign-in', async () => {
    await desk.visit('/console/account');
    await field('Your password').fill(PASSWORD);
    await button('Set it up').click();
    await desk.page.getByRole('img', { name: /QR code/ }).waitFor(WAIT);
    secret = (await desk.page.locator('.sd-secret').textContent()) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
    await field('Six digits').fill(totp(secret, new Date()));
    await button('Check the code').click();
    await shown('The second factor is on.');
    backupCodes = await desk.page.locator('.sd-backup-codes code').allTextContents();
    expect(backupCodes.length).toBeGreaterThanOrEqual(8);
    await button('I have kept them').click();
    await shown('Signing in takes a code');
    await button('Sign out').click();
    await heading('Board');
    await signIn();
    await field('Six digits').fill('000000');
    await button('Check the code').click();
    await desk.page.getByRole('alert').waitFor(WAIT);
    await field('Six digits').fill(totp(secret, new Date()));
    await button('Check the code').click();
    await heading('Overview');
  });

  test('a backup code signs in once, and the second factor can be turned off', async () => {
    await button('Sign out').click();
    await signIn();
    await button(/Use a backup code/).click();
    await field('Backup code').fill(backupCodes[0] ?? '');
    await button('Sign in with it').click();
    await heading('Overview');
    await desk.visit('/console/account');
    await field('Your password').fill(PASSWORD);
    await button('Turn it off').click();
    await shown('the password alone signs in');
    await button('Sign out').click();
    await signIn();
    await heading('Overview');
  });

  test('a subscriber is erased after a question', async () => {
    await desk.visit('/console/subscribers');
    await button('Erase …').click();
    await button('Erase').last().click();
    await shown('Nobody has subscribed yet.');
  });

  test.skipIf(needs('prosody'))(
    'a certificate pasted as text is trusted, and without it the sentence says why not',
    async () => {
      const prosody = await startProsody({ accounts: [{ local: 'eve', password: 'eve-pw' }] });
      try {
        await desk.visit('/console/decoys');
        await field('Name in Sundew').fill('eve');
        await field('Address').fill(`eve@${prosody.domain}`);
        await field('Password').fill('eve-pw');
        await field('Host').fill('127.0.0.1');
        await field('Port').fill(String(prosody.port));
        await button('Check sign-on').click();
        await shown(/certificate/i);
        await desk.page.getByLabel('Extra root certificate').fill(prosody.ca);
        await button('Check sign-on').click();
        await shown(/signed on|signs on|works/i);
        await button('Add and enable').click();
        await desk.page.getByRole('row', { name: /eve@/ }).getByText('online').waitFor(WAIT);
      } finally {
        await prosody.stop();
      }
    },
  );

  test('engagement is stopped with a reason, and the console says so everywhere', async () => {
    await desk.visit('/console');
    await button('Stop engagement …').click();
    await field('Reason, for the ledger').fill('drill');
    await button('Stop now').click();
    await shown('Engagement stopped');
    await desk.visit('/console/captures');
    await shown('Engagement stopped');
  });

  test('not one complaint was made on the whole way', () => {
    expect(desk.complaints).toEqual([]);
  });
});
