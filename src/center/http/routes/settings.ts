// Outgoing mail and the XMPP account that sends alerts.
import { Accepted, MailSettings, MailState, MailTest, XmppAlertSettings, XmppAlertState } from '../../api/contract.ts';
import type { HttpDeps } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

export function settingsRoutes(app: App, deps: HttpDeps): void {
  const admin = guardFor(deps.accounts, 'admin');
  const { settings } = deps;

  app.get('/api/v1/settings/mail', { schema: { response: { 200: MailState } } }, async (request) => {
    await admin(request);
    return settings.mailState();
  });
  app.put(
    '/api/v1/settings/mail',
    { schema: { body: MailSettings, response: { 200: MailState } } },
    async (request) => {
      await admin(request);
      await settings.setMail(request.body);
      return settings.mailState();
    },
  );
  app.post(
    '/api/v1/settings/mail/test',
    { schema: { body: MailTest, response: { 200: Accepted } } },
    async (request) => {
      await admin(request);
      return { message: await settings.testMail(request.body.to) };
    },
  );
  app.get('/api/v1/settings/xmpp', { schema: { response: { 200: XmppAlertState } } }, async (request) => {
    await admin(request);
    return settings.xmppState();
  });
  app.put(
    '/api/v1/settings/xmpp',
    { schema: { body: XmppAlertSettings, response: { 200: XmppAlertState } } },
    async (request) => {
      await admin(request);
      await settings.setXmpp(request.body);
      return settings.xmppState();
    },
  );
}
