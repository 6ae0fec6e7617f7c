// Login connection, then service connection, and the next one whenever the server moves the session.
import type { Clock, Log } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Endpoint, Link } from '../../core/link.ts';
import { type OscarSettings, portOf, requireTrust, type Service, serviceOf } from './config.ts';
import { OscarConnection } from './connection.ts';
import { type ServiceState, startService, stepService } from './session/service.ts';
import { startSignOn, stepSignOn } from './session/sign-on.ts';
import type { OscarAccount, OscarEvent } from './session/types.ts';
import { AIM_IDENTITY, ICQ_IDENTITY } from './wire/login.ts';
import { isUin } from './wire/screen-name.ts';

export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;

export interface RunOscarOptions {
  readonly settings: OscarSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  /** Events of the service connection, in order. */
  readonly onEvent: (event: OscarEvent) => Promise<unknown> | undefined;
  /** Each service connection, before it runs: for who wants to send. */
  readonly onConnection?: (connection: OscarConnection<ServiceState>) => void;
}

/** A server that moves the session more often than this is playing with us. */
const MAX_MOVES = 8;

/**
 * One session from login to its end. Resolves when the signal asks it to sign off.
 * @throws SundewError LINK_*, WIRE_*, DECOY_*
 */
export async function runOscar(options: RunOscarOptions, signal: AbortSignal): Promise<void> {
  const { settings, clock, log } = options;
  const account = accountOf(settings);
  let redirect: Extract<OscarEvent, { type: 'redirect' }> | undefined;
  const note = (event: OscarEvent): Promise<unknown> | undefined => {
    if (event.type !== 'redirect') return options.onEvent(event);
    redirect = event;
    return undefined;
  };
  const login = new OscarConnection({
    link: await open(options, { host: settings.host, port: portOf(settings) }, signal),
    start: startSignOn(account),
    step: stepSignOn,
    clock,
    log,
    onEvent: note,
  });
  await login.run(signal);
  for (let moves = 0; redirect !== undefined && !signal.aborted; moves += 1) {
    if (moves > MAX_MOVES) throw new SundewError('DECOY_UNSUPPORTED', `${settings.host} moves the session on and on`);
    const { host, cookie } = redirect;
    redirect = undefined;
    const connection = new OscarConnection({
      link: await open(options, serviceOf(host, settings), signal),
      start: startService(account, cookie),
      step: stepService,
      clock,
      log,
      onEvent: note,
    });
    options.onConnection?.(connection);
    await connection.run(signal);
  }
}

async function open(options: RunOscarOptions, service: Service, signal: AbortSignal): Promise<Link> {
  const { settings } = options;
  const tls = { serverName: service.host, ...(settings.ca === undefined ? {} : { ca: settings.ca }) };
  const link = await options.dial({ ...service, ...(settings.tls === 'direct' ? { tls } : {}) }, signal);
  try {
    requireTrust(link, settings);
  } catch (error) {
    await link.close();
    throw error;
  }
  return link;
}

const accountOf = (settings: OscarSettings): OscarAccount => ({
  address: settings.address,
  password: settings.password,
  login: settings.login ?? 'md5',
  identity: isUin(settings.address) ? ICQ_IDENTITY : AIM_IDENTITY,
  profile: settings.profile ?? '',
});
