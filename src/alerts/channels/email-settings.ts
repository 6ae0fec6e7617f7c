// Outgoing mail as configured, and what nodemailer makes of it (ADR 0047: its sockets are the mail exit).
import type { SMTPPoolOptions } from 'nodemailer';
import { SundewError } from '../../core/error.ts';
import { isLoopbackHost } from '../../core/loopback.ts';
import { parseAddress } from '../address.ts';
import { oneLine } from '../inert.ts';

export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  /** `none` for hosts on this machine only. */
  readonly security: 'starttls' | 'direct' | 'none';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** `Name <alerts@example.org>` or the address alone. */
  readonly from: string;
  /** PEM of an extra trusted root or of the server's own certificate. */
  readonly ca?: string | undefined;
  /** Envelope sender, where bounces go; the From address unless told. */
  readonly envelopeFrom?: string | undefined;
  /** Address whose mail is read as "stop"; only when somebody reads it. */
  readonly unsubscribeMailto?: string | undefined;
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string } | undefined;
}

export interface Sender {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

/** nodemailer's own list lacks List-Unsubscribe-Post, without which RFC 8058 4 is not met. */
const DKIM_FIELDS =
  'from:subject:date:message-id:to:mime-version:content-type:in-reply-to:references:list-id:list-unsubscribe:list-unsubscribe-post:auto-submitted';
const CONNECT_MS = 10_000;
const SOCKET_MS = 30_000;
const CONNECTIONS = 8;
const MESSAGES_PER_CONNECTION = 200;

/** @throws SundewError CONFIG_INVALID */
export function senderOf(from: string): Sender {
  const angled = /^(?<name>[^<>]*)<(?<address>[^<>\s]+)>\s*$/.exec(from);
  const raw = angled?.groups?.address ?? from;
  try {
    const { address } = parseAddress('email', raw);
    const name = oneLine((angled?.groups?.name ?? 'Sundew').replaceAll('"', ''), 80);
    return { name, address, domain: address.slice(address.lastIndexOf('@') + 1) };
  } catch (cause) {
    throw new SundewError('CONFIG_INVALID', 'mail.from must be like "Sundew <alerts@example.org>"', { cause });
  }
}

/** @throws SundewError CONFIG_INVALID when mail would leave this machine unencrypted */
export function poolOptions(settings: EmailSettings, sender: Sender): SMTPPoolOptions {
  if (settings.security === 'none' && !isLoopbackHost(settings.host)) {
    throw new SundewError(
      'CONFIG_INVALID',
      `mail.security is none, but ${settings.host} is not this machine; use starttls or direct`,
    );
  }
  return {
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'direct',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(settings.ca === undefined ? {} : { ca: settings.ca }) },
    ...(settings.username === undefined ? {} : { auth: { user: settings.username, pass: settings.password ?? '' } }),
    // EHLO with the mail domain: the machine's own name is nobody's business.
    name: sender.domain,
    maxConnections: CONNECTIONS,
    maxMessages: MESSAGES_PER_CONNECTION,
    // The outbox tries again, where it is written down.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(settings.dkim === undefined
      ? {}
      : {
          dkim: {
            domainName: settings.dkim.domain,
            keySelector: settings.dkim.selector,
            privateKey: settings.dkim.privateKey,
            headerFieldNames: DKIM_FIELDS,
          },
        }),
  };
}
