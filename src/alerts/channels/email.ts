// Alerts by e-mail: pooled SMTP, plain text, one-click unsubscribe (RFC 8058), the same Message-ID at every try.
import nodemailer, { type SendMailOptions, type SMTPPoolSentMessageInfo } from 'nodemailer';
import { SundewError } from '../../core/error.ts';
import { parseAddress } from '../address.ts';
import type { Channel, OutgoingMessage, SendReceipt } from '../channel.ts';
import { headerText } from '../inert.ts';
import { type EmailSettings, poolOptions, type Sender, senderOf } from './email-settings.ts';
import { explainSmtp, toChannelError } from './smtp-error.ts';

export interface EmailCheck {
  readonly ok: boolean;
  /** What is wrong and what to do, or that it works. */
  readonly sentence: string;
}

export interface EmailChannel extends Channel {
  readonly kind: 'email';
  /** Connects, encrypts and signs in; sends nothing. */
  verify(): Promise<EmailCheck>;
  /** Sends a fixed text. @throws SundewError SUBSCRIBER_INVALID when `to` is no address */
  sendTest(to: string): Promise<EmailCheck>;
}

/** Opens no connection until the first message. @throws SundewError CONFIG_INVALID */
export function createEmailChannel(settings: EmailSettings): EmailChannel {
  const sender = senderOf(settings.from);
  const transport = nodemailer.createTransport(poolOptions(settings, sender));
  const deliver = (mail: SendMailOptions): Promise<SMTPPoolSentMessageInfo> => transport.sendMail(mail);
  return {
    kind: 'email',
    async send(message, signal): Promise<SendReceipt> {
      try {
        const info = await deliver({ ...mailOf(message, settings, sender), signal });
        return { providerId: headerText(info.response) };
      } catch (error) {
        throw toChannelError(error);
      }
    },
    async verify() {
      try {
        await transport.verify();
        return { ok: true, sentence: `${settings.host}:${settings.port} takes our mail.` };
      } catch (error) {
        return { ok: false, sentence: explainSmtp(error, settings) };
      }
    },
    async sendTest(to) {
      const { address } = parseAddress('email', to);
      try {
        await deliver(testMail(address, settings, sender));
        return { ok: true, sentence: `The test message was handed over for ${address}.` };
      } catch (error) {
        return { ok: false, sentence: explainSmtp(error, settings) };
      }
    },
    close: async () => transport.close(),
  };
}

/** The whole mail. */
function mailOf(message: OutgoingMessage, settings: EmailSettings, sender: Sender): SendMailOptions {
  const threadRoot = message.thread === undefined ? undefined : `<${message.thread}@${sender.domain}>`;
  return {
    ...addressed(message.to, settings, sender),
    messageId: `<${message.stableId}@${sender.domain}>`,
    ...(threadRoot === undefined ? {} : { inReplyTo: threadRoot, references: threadRoot }),
    subject: headerText(message.subject),
    text: message.text,
    headers: {
      ...AUTOMATIC,
      ...(message.stopUrl === undefined ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    list: {
      id: { url: `${message.list ?? 'alerts'}.${sender.domain}`, comment: `Sundew ${message.list ?? 'alerts'}` },
      // An array in an array is one field with several URIs; a flat one would be several fields, which RFC 8058 forbids.
      ...(message.stopUrl === undefined ? {} : { unsubscribe: [unsubscribeUris(message.stopUrl, settings)] }),
      ...(message.pageUrl === undefined ? {} : { archive: message.pageUrl }),
    },
  };
}

/** Answering machines and vacation notes keep quiet (RFC 3834 5; Precedence and the Exchange header by custom). */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  Precedence: 'bulk',
  'X-Auto-Response-Suppress': 'All',
} as const;

function unsubscribeUris(stopUrl: string, settings: EmailSettings): string[] {
  return settings.unsubscribeMailto === undefined
    ? [stopUrl]
    : [stopUrl, `mailto:${settings.unsubscribeMailto}?subject=unsubscribe`];
}

function testMail(to: string, settings: EmailSettings, sender: Sender): SendMailOptions {
  return {
    ...addressed(to, settings, sender),
    subject: 'Sundew: test message',
    text: 'This is a test. Outgoing mail of your Sundew works.\n',
    headers: AUTOMATIC,
  };
}

function addressed(to: string, settings: EmailSettings, sender: Sender): SendMailOptions {
  // Checked when it was stored; checked again, for this is where an injected header would leave the house.
  if (/[\r\n<>,;\s]/.test(to)) throw new SundewError('CHANNEL_REFUSED', 'the address holds what no address holds');
  return {
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: to },
    envelope: { from: settings.envelopeFrom ?? sender.address, to },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
