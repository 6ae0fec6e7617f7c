// The world around the Sundew under test, in this process, where nothing is killed: an XMPP server that keeps what was not
// acknowledged, a mail server that is slow now and then, and readers who note what reached them.
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { startSmtpSink } from '../../src/alerts/testing/smtp-sink.ts';
import type { CaptureDraft } from '../../src/core/capture.ts';
import { openXmppClient } from '../../src/networks/xmpp/client.ts';
import { startXmppServer, type XmppServer } from '../../src/networks/xmpp/server.ts';
import { dialTest } from '../../src/networks/xmpp/testing/socket-link.ts';
import { REAL_CLOCK } from '../../src/networks/xmpp/testing/test-context.ts';

export const DOMAIN = 'soak.example';
export const DECOY = 'dora';
const READER = 'reader';
export const NOTIFIER = 'alerts';
export const MAILBOXES = ['ann@readers.example', 'bob@readers.example'] as const;
/** A mail server takes its time, and now and then much of it. */
const ANSWER_MS = 300;
const SLOW_EVERY = 9;
const SLOW_MS = 1_500;

export const passwordOf = (local: string): string => `${local}-of-the-soak`;

/** One message as its receiver saw it. */
export interface Received {
  readonly to: string;
  /** Message-ID or origin-id: the same at every try. */
  readonly id: string;
  readonly text: string;
}

export interface FarSide extends AsyncDisposable {
  readonly xmpp: XmppServer;
  readonly received: readonly Received[];
  /** Settings of the Sundew that lives in this world. */
  readonly env: Readonly<Record<string, string>>;
  /** Addresses to subscribe. */
  readonly subscribers: readonly { readonly channel: 'email' | 'xmpp'; readonly address: string }[];
  /** Writes to the alert account from the reader's. */
  answer(text: string): Promise<void>;
}

export async function openFarSide(): Promise<FarSide> {
  const received: Received[] = [];
  const xmpp = await startXmppServer({
    domain: DOMAIN,
    accounts: [DECOY, READER, NOTIFIER].map((local) => ({ local, password: passwordOf(local) })),
  });
  let mails = 0;
  const sink = await startSmtpSink({
    judge: async (mail) => {
      const { text = '', messageId = '' } = await simpleParser(mail.raw);
      for (const to of mail.to) received.push({ to, id: bareMessageId(messageId), text });
      mails += 1;
      await sleep(mails % SLOW_EVERY === 0 ? SLOW_MS : Math.random() * ANSWER_MS);
    },
  });
  const reader = await openReader(xmpp, received);
  return {
    xmpp,
    received,
    env: envOf(xmpp.port, sink.port),
    subscribers: [
      ...MAILBOXES.map((address) => ({ channel: 'email', address }) as const),
      { channel: 'xmpp', address: `${READER}@${DOMAIN}` },
    ],
    answer: async (text) => {
      const to = `${NOTIFIER}@${DOMAIN}`;
      const id = crypto.randomUUID();
      await reader.sendMessage({ to, body: text, id, originId: id, intent: { act: 'notify', peer: to } });
    },
    [Symbol.asyncDispose]: async () => {
      await reader[Symbol.asyncDispose]();
      await xmpp.stop();
      await sink[Symbol.asyncDispose]();
    },
  };
}

function openReader(xmpp: XmppServer, received: Received[]) {
  return openXmppClient(
    {
      settings: {
        mode: 'client',
        address: `${READER}@${DOMAIN}`,
        password: passwordOf(READER),
        host: '127.0.0.1',
        port: xmpp.port,
        tls: 'none',
      },
      dial: (endpoint) => dialTest(endpoint),
      clock: REAL_CLOCK,
      onArrival: (draft: CaptureDraft) => {
        const id = draft.meta?.originId;
        if (draft.kind !== 'message' || draft.text === undefined || typeof id !== 'string') return;
        received.push({ to: `${READER}@${DOMAIN}`, id, text: draft.text });
      },
    },
    new AbortController().signal,
  );
}

function envOf(xmppPort: number, smtpPort: number): Readonly<Record<string, string>> {
  return {
    SUNDEW_RANGE_ENABLED: 'off',
    SUNDEW_LOG_LEVEL: 'warn',
    SUNDEW_MAIL_HOST: '127.0.0.1',
    SUNDEW_MAIL_PORT: String(smtpPort),
    SUNDEW_MAIL_SECURITY: 'none',
    SUNDEW_MAIL_FROM: 'alerts@sundew.example',
    SUNDEW_ALERTS_DAILY_BUDGET: '1000',
    SUNDEW_ALERTS_ACCOUNTS_XMPP_ADDRESS: `${NOTIFIER}@${DOMAIN}`,
    SUNDEW_ALERTS_ACCOUNTS_XMPP_PASSWORD: passwordOf(NOTIFIER),
    SUNDEW_ALERTS_ACCOUNTS_XMPP_HOST: '127.0.0.1',
    SUNDEW_ALERTS_ACCOUNTS_XMPP_PORT: String(xmppPort),
    SUNDEW_ALERTS_ACCOUNTS_XMPP_TLS: 'none',
  };
}

/** `<delivery.revision@domain>` without its frame. */
function bareMessageId(messageId: string): string {
  return messageId.replace(/^<|@[^@]*>$/g, '');
}
