// Outgoing mail and the accounts that send alerts by IM.
import { z } from 'zod';
import { NETWORKS } from '../../../core/network.ts';
import {
  Accepted,
  ImAlertList,
  ImAlertSettings,
  ImNetwork,
  MailSettings,
  MailState,
  MailTest,
  ServiceDraft,
  ServiceList,
} from '../../api/contract.ts';
import type { HttpDeps } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const AnyNetwork = z.object({ network: z.enum(NETWORKS) });

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
  app.get('/api/v1/settings/forecast', { schema: { response: { 200: ServiceList } } }, async (request) => {
    await admin(request);
    return { services: settings.services() };
  });
  app.put(
    '/api/v1/settings/forecast/:network',
    { schema: { params: AnyNetwork, body: ServiceDraft, response: { 200: ServiceList } } },
    async (request) => {
      await admin(request);
      settings.setService(request.params.network, request.body.size);
      return { services: settings.services() };
    },
  );
  app.get('/api/v1/settings/im', { schema: { response: { 200: ImAlertList } } }, async (request) => {
    await admin(request);
    return { accounts: settings.imStates() };
  });
  app.put(
    '/api/v1/settings/im/:network',
    { schema: { params: ImNetwork, body: ImAlertSettings, response: { 200: ImAlertList } } },
    async (request) => {
      await admin(request);
      await settings.setIm(request.params.network, request.body);
      return { accounts: settings.imStates() };
    },
  );
}
