// What people do on the built pages, and what is sent for it.
import { expect, test } from 'vitest';
import { describePages } from './pages.ts';

describePages('what is done on the pages', (pages) => {
  test('strangers are sent to sign in, and back to where they wanted to go', async () => {
    pages.server.signedIn = false;
    await pages.page.goto(`${pages.server.url}/console/campaigns`);
    await pages.page.getByLabel('E-mail address').fill('ada@sundew.example');
    await pages.page.getByRole('textbox', { name: 'Password' }).fill('a long enough sentence');
    await pages.page.getByRole('button', { name: 'Sign in' }).click();
    await pages.page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  });

  test('the size of a service is saved whole, and forgotten', async () => {
    await pages.visit('/console/services');
    await pages.page.getByLabel('Accounts').fill('300000');
    await pages.page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => pages.server.writes.at(-1)).toBe('PUT settings/forecast/xmpp');
    expect(pages.server.lastBody).toEqual({ size: { population: 300_000, decoys: 30, lists: 20 } });
  });

  test('a decoy is checked before it is added, and the sentence of the server is shown', async () => {
    await pages.visit('/console/decoys');
    await pages.page.getByLabel('Name in Sundew').fill('eve');
    await pages.page.getByRole('textbox', { name: 'Address' }).fill('eve@xmpp.example');
    await pages.page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await pages.page.getByRole('button', { name: 'Check sign-on' }).click();
    await pages.page.getByText('xmpp.example: the password is wrong.').waitFor();
    expect(pages.server.writes.at(-1)).toBe('POST decoys/check');
  });

  test('the form of a network without encryption asks for the consent that it needs', async () => {
    await pages.visit('/console/decoys');
    await pages.page.getByLabel('Kind of decoy').selectOption({ label: 'MSN account' });
    await pages.page.getByLabel('Name in Sundew').fill('eve');
    await pages.page.getByRole('textbox', { name: 'Address' }).fill('eve@msn.example');
    await pages.page.getByRole('textbox', { name: 'Password' }).fill('right');
    await pages.page.getByRole('textbox', { name: 'Server' }).fill('msn.example');
    await pages.page.getByLabel('Protocol').selectOption({ label: 'MSNP12' });
    await pages.page.getByLabel('Log-in URL').fill('https://login.example/');
    await pages.page.getByLabel('Other hosts').fill('sb1.example, sb2.example');
    await pages.page.getByRole('checkbox', { name: 'Sign on without encryption' }).check();
    await pages.page.getByRole('button', { name: 'Add and enable' }).click();
    await pages.page.getByText('Added and enabled').waitFor();
    expect(pages.server.writes.at(-1)).toBe('POST decoys');
    expect(pages.server.lastBody).toEqual({
      name: 'eve',
      network: 'msnp',
      address: 'eve@msn.example',
      password: 'right',
      host: 'msn.example',
      dialect: 12,
      persona: 'p2p',
      loginUrl: 'https://login.example/',
      hosts: ['sb1.example', 'sb2.example'],
      insecure: true,
      enabled: true,
    });
    expect(pages.complaints).toEqual([]);
  });

  test('stopping engagement asks first and wants a reason', async () => {
    await pages.visit('/console');
    await pages.page.getByRole('button', { name: 'Stop engagement' }).click();
    await pages.page.getByRole('button', { name: 'Stop now' }).click();
    await pages.page.getByText('Give a reason').waitFor();
    await pages.page.getByLabel('Reason, for the ledger').fill('drill');
    await pages.page.getByRole('button', { name: 'Stop now' }).click();
    await expect.poll(() => pages.server.writes.at(-1)).toBe('POST engagement/stop');
    await expect.poll(() => pages.page.locator('dialog[open]').count()).toBe(0);
  });

  test('a campaign says how many of its senders had the decoy on their contact list', async () => {
    await pages.visit('/console/campaigns/x');
    const facts = pages.page.getByRole('definition');
    await pages.page.getByText('Senders with the decoy on their list').waitFor();
    expect(await facts.allInnerTexts()).toEqual(expect.arrayContaining(['14', '11']));
  });
});
