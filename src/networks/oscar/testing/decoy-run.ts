// For tests: a decoy that signs on, is touched, and signs off again; what it captured and sent.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureDraft } from '../../../core/capture.ts';
import { loopbackContext, type Sent, until } from '../../testing/loopback.ts';
import type { OscarSettings } from '../config.ts';
import { oscarDecoy } from '../decoy.ts';

export async function decoyCaptures(
  settings: OscarSettings,
  touch: () => Promise<void>,
): Promise<{ readonly captures: readonly CaptureDraft[]; readonly sent: readonly Sent[] }> {
  const context = loopbackContext();
  const stop = new AbortController();
  const run = oscarDecoy(settings).run(context, stop.signal);
  await until(() => context.states.includes('online'), 'online');
  await sleep(50);
  await touch();
  await sleep(100);
  stop.abort();
  await run;
  return { captures: context.captures.map(({ draft }) => draft), sent: context.sent };
}
