// What an SMTP failure means: for the outbox (again, or never), and for the operator (one sentence with what to do).
import { SundewError } from '../../core/error.ts';
import { markUnsent } from '../channel.ts';
import { oneLine } from '../inert.ts';
import type { EmailSettings } from './email-settings.ts';

interface SmtpFailure {
  readonly code: string;
  readonly responseCode: number | undefined;
  readonly command: string;
  /** Of the operating system, that failed. */
  readonly syscall: string;
  readonly text: string;
}

/** CHANNEL_REFUSED only when the server refused this recipient or this message for good (RFC 5321 4.2.1: 5yz). */
export function toChannelError(error: unknown): SundewError {
  const failure = failureOf(error);
  const answer = oneLine(failure.text, 300);
  if (isRefusal(failure))
    return new SundewError('CHANNEL_REFUSED', `the mail server refused: ${answer}`, { cause: error });
  const later = new SundewError('CHANNEL_RETRY', `the mail server did not take it: ${answer}`, { cause: error });
  return isCertain(failure) ? markUnsent(later) : later;
}

/** A server that answered no, or was never reached, has nothing of it; one that fell silent may have. */
function isCertain({ responseCode, syscall, code }: SmtpFailure): boolean {
  return responseCode !== undefined || syscall === 'connect' || code === 'EDNS';
}

/** What is wrong with the mail settings, in one sentence. */
export function explainSmtp(error: unknown, settings: EmailSettings): string {
  const failure = failureOf(error);
  const place = `${settings.host}:${settings.port}`;
  const answer = oneLine(failure.text, 200);
  if (failure.code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(failure.text)) {
    return `The name ${settings.host} was not found; check mail.host.`;
  }
  if (/ECONNREFUSED/.test(failure.text)) return `Nothing listens at ${place}; check mail.port (587, 465 or 25).`;
  if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH') {
    return `${place} refused the login; check mail.username and mail.password (${answer}).`;
  }
  if (failure.code === 'ETLS' || isTlsText(failure.text)) return explainTls(failure.text, settings);
  if (failure.code === 'ETIMEDOUT') {
    return `${place} did not answer in time; check host and port, and whether mail.security fits the port (${answer}).`;
  }
  if (failure.command === 'MAIL FROM') return `${place} refused the sender; check mail.from (${answer}).`;
  if (failure.command === 'RCPT TO') return `${place} refused the recipient (${answer}).`;
  return `${place} failed: ${answer}`;
}

function explainTls(text: string, settings: EmailSettings): string {
  const place = `${settings.host}:${settings.port}`;
  if (/wrong version number|packet length too long/i.test(text)) {
    return `${place} does not speak TLS from the first byte; set mail.security to starttls, or use port 465.`;
  }
  if (/STARTTLS/i.test(text) && settings.security === 'starttls') {
    return `${place} offers no STARTTLS; set mail.security to direct if it is port 465, else ask its operator.`;
  }
  return `The certificate of ${place} is not trusted (${oneLine(text, 160)}); give its authority as mail.ca.`;
}

function isTlsText(text: string): boolean {
  return /certificate|self[- ]signed|wrong version number|packet length too long|STARTTLS|altnames/i.test(text);
}

/** A refused login or sender is our own misconfiguration: the message waits until it is mended. */
function isRefusal(failure: SmtpFailure): boolean {
  if (failure.responseCode === undefined || failure.responseCode < 500) return false;
  if (failure.code === 'EAUTH' || failure.command.startsWith('AUTH')) return false;
  return failure.command === 'RCPT TO' || failure.command === 'DATA';
}

function failureOf(error: unknown): SmtpFailure {
  const of = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: typeof of.code === 'string' ? of.code : '',
    responseCode: typeof of.responseCode === 'number' ? of.responseCode : undefined,
    command: typeof of.command === 'string' ? of.command : '',
    syscall: typeof of.syscall === 'string' ? of.syscall : '',
    text,
  };
}
