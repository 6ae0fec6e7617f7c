// Offline messages: fetched, stored, and only then deleted at the server.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { Log } from '../../core/clock.ts';
import { isSundewError, messageOf } from '../../core/error.ts';
import { checkUrl, type Dial, exchange } from '../http/exchange.ts';
import type { HttpRequest } from '../http/message.ts';
import { draftOfOffline } from './captures.ts';
import { httpAccountOf, type MsnpSettings, USER_AGENT } from './config.ts';
import {
  DELETE_ACTION,
  encodeDeleteMessage,
  encodeGetMessage,
  GET_ACTION,
  type OfflineNotice,
  readOfflineMessage,
} from './wire/offline.ts';

export interface Mailbox {
  readonly settings: MsnpSettings;
  readonly dial: Dial;
  readonly log: Log;
  /** The ticket of this sign-on. */
  readonly ticket: string | undefined;
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
}

/** Captures what waited. What cannot be fetched now is told by its notice and tried again at the next sign-on. */
export async function collect(
  notices: readonly OfflineNotice[],
  notice: Uint8Array,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<void> {
  for (const one of notices) await collectOne(one, notice, mailbox, signal);
}

async function collectOne(
  one: OfflineNotice,
  notice: Uint8Array,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<void> {
  const { settings, ticket } = mailbox;
  if (settings.offlineUrl === undefined || ticket === undefined) {
    await mailbox.capture(draftOfOffline(one), notice);
    return;
  }
  const account = httpAccountOf(settings);
  const url = checkUrl(settings.offlineUrl, 'offlineUrl', account);
  try {
    const got = requestOf(url, GET_ACTION, encodeGetMessage(one.id, ticket));
    const response = await exchange(got, 'sign-on', account, mailbox.dial, signal);
    const message =
      response.status === 200 ? readOfflineMessage(Buffer.from(response.body).toString('utf8')) : undefined;
    if (message === undefined) {
      mailbox.log.warn({ status: response.status }, 'an MSN offline message could not be read');
      return;
    }
    await mailbox.capture(draftOfOffline(one, message), response.body);
    await exchange(
      requestOf(url, DELETE_ACTION, encodeDeleteMessage(one.id, ticket)),
      'acknowledge',
      account,
      mailbox.dial,
      signal,
    );
  } catch (error) {
    // The service is another server: its failures must not end the session.
    if (!isSundewError(error) || !/^(?:LINK|WIRE|GATE)_/.test(error.code)) throw error;
    mailbox.log.warn({ cause: messageOf(error) }, 'MSN offline messages could not be fetched');
  }
}

function requestOf(url: URL, action: string, body: string): HttpRequest {
  const headers = [USER_AGENT, ['Content-Type', 'text/xml; charset=utf-8'], ['SOAPAction', `"${action}"`]] as const;
  return { method: 'POST', url, headers, body };
}
