// A real Sundew (`bin/sundew start`) with one decoy, the XMPP server that the decoy sits on, and a mail server that takes
// its alerts; a reader has subscribed and confirmed as readers do.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SmtpSink, startSmtpSink } from '../../src/alerts/testing/smtp-sink.ts';
import { startXmppServer, type XmppServer } from '../../src/networks/xmpp/server.ts';
import { type RunningSundew, startSundew, until } from '../../test/support/sundew.ts';

export const DECOYS = 'decoys.example';
const SECRET = 'bench';
const READER = 'reader@example.org';

export interface Site extends AsyncDisposable {
  readonly sundew: RunningSundew;
  readonly xmpp: XmppServer;
}

/** @param onMail called with each mail when it has come in whole, directly before the 250 goes out */
export async function openSite(onMail: (raw: string) => void): Promise<Site> {
  await using undo = new AsyncDisposableStack();
  const xmpp = await startXmppServer({
    domain: 'im.example',
    accounts: [],
    components: [{ domain: DECOYS, secret: SECRET }],
  });
  undo.defer(() => xmpp.stop());
  const sink = await startSmtpSink({ judge: (mail) => onMail(mail.raw) });
  undo.use(sink);
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-bench-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const sundew = await startSundew({ dataDir, env: settings(sink.port) });
  undo.use(sundew);
  await sundew.control.call('POST', '/api/v1/decoys', {
    name: 'bench',
    network: 'xmpp',
    mode: 'component',
    address: DECOYS,
    password: SECRET,
    host: '127.0.0.1',
    port: xmpp.componentPort,
  });
  await until(async () => ((await decoyState(sundew)) === 'online' ? true : undefined));
  await subscribe(sundew, sink);
  const parts = undo.move();
  return { sundew, xmpp, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

const settings = (smtpPort: number): Record<string, string> => ({
  SUNDEW_RANGE_ENABLED: 'off',
  SUNDEW_MAIL_HOST: '127.0.0.1',
  SUNDEW_MAIL_PORT: String(smtpPort),
  SUNDEW_MAIL_SECURITY: 'none',
  SUNDEW_MAIL_FROM: 'alerts@sundew.example',
  SUNDEW_ALERTS_DAILY_BUDGET: '1000',
});

async function decoyState(sundew: RunningSundew): Promise<string | undefined> {
  const { decoys } = await sundew.control.call<{ decoys: readonly { state: string }[] }>('GET', '/api/v1/decoys');
  return decoys[0]?.state;
}

async function subscribe(sundew: RunningSundew, sink: SmtpSink): Promise<void> {
  const wish = { channel: 'email', address: READER, networks: [], minSeverity: 'medium' };
  await sundew.control.call('POST', '/api/v1/subscribers', wish);
  const token = await until(async () => {
    const mail = sink.mails.at(-1)?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    return /\/confirm\/([A-Za-z0-9_-]+)/.exec(mail ?? '')?.[1];
  });
  await sundew.control.call('POST', '/api/v1/subscribers/confirm', { token });
}
