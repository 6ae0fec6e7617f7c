// One sign-on with a time limit, and one sentence about what is wrong. What arrives meanwhile is captured all the same.
import type { Decoy } from '../core/decoy.ts';
import { type ErrorCode, isSundewError, messageOf } from '../core/error.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { type DecoyEnvironment, equip } from './equip.ts';
import { type MakeDecoyOptions, makeDecoy } from './make-decoy.ts';

const TIMEOUT_MS = 20_000;

export interface DecoyCheckResult {
  readonly ok: boolean;
  readonly sentence: string;
  readonly code?: ErrorCode;
}

export interface CheckOptions extends MakeDecoyOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Signs a decoy on and off again. Never throws: what went wrong is the answer. */
export async function checkDecoy(
  config: DecoyConfig,
  environment: DecoyEnvironment,
  options: CheckOptions = {},
): Promise<DecoyCheckResult> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const done = new AbortController();
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([done.signal, limit, ...(options.signal === undefined ? [] : [options.signal])]);
  let online = false;
  try {
    const decoy: Decoy = makeDecoy(config, options);
    const context = equip(config, decoy, environment, {
      onCapture: () => undefined,
      onState: (state) => {
        if (state !== 'online') return;
        online = true;
        done.abort();
      },
    });
    await decoy.run(context, signal);
  } catch (error) {
    if (!online && !limit.aborted) return failure(error, config);
  }
  if (online) return { ok: true, sentence: `${config.address} signed on at ${serverOf(config)} and off again.` };
  const seconds = Math.round(timeoutMs / 1000);
  const sentence = `${serverOf(config)} did not finish the sign-on within ${seconds} s; see whether it is the right host and port.`;
  return { ok: false, code: 'LINK_TIMEOUT', sentence };
}

function serverOf(config: DecoyConfig): string {
  return config.host ?? config.address.slice(config.address.indexOf('@') + 1);
}

const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  DECOY_LOGIN_REFUSED: 'See to the name and the password.',
  DECOY_BANNED: 'Ask the operator of the server, or use another account.',
  DECOY_CONFLICT: 'Someone else uses this name now; stop them or choose another.',
  WIRE_MALFORMED: 'Something else seems to listen there: see to host, port and version of the protocol.',
  DECOY_UNSUPPORTED: 'See to the settings of the server.',
};

/** The networks of old know no encryption, and say themselves what consent they need. */
function remedyOf(code: ErrorCode, { network }: DecoyConfig): string | undefined {
  if (code !== 'LINK_UNVERIFIED') return REMEDIES[code];
  return network === 'xmpp' || network === 'irc' ? 'If the server is yours, give its certificate as `ca`.' : undefined;
}

function failure(error: unknown, config: DecoyConfig): DecoyCheckResult {
  if (!isSundewError(error)) return { ok: false, sentence: `The sign-on failed: ${messageOf(error)}` };
  const remedy = remedyOf(error.code, config);
  const said = error.message.endsWith('.') ? error.message : `${error.message}.`;
  const sentence = `${config.address} at ${serverOf(config)}: ${said}${remedy === undefined ? '' : ` ${remedy}`}`;
  return { ok: false, code: error.code, sentence };
}
