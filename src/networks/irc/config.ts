// The settings of one IRC decoy, and the refusal of those that could put a line of their own on the wire.
import { SundewError } from '../../core/error.ts';
import { isLoopbackHost } from '../../core/loopback.ts';

/** One nick on one server; the decoys' configuration file has the same form. */
export interface IrcDecoyConfig {
  /** The nick. */
  readonly address: string;
  readonly host: string;
  /** Default: 6697 with TLS (RFC 7194), 6667 without. */
  readonly port?: number | undefined;
  /** `none` is for servers on this machine. */
  readonly tls: 'direct' | 'none';
  /** PEM of an extra trusted root or of the server's own certificate. */
  readonly ca?: string | undefined;
  readonly username?: string | undefined;
  readonly realname?: string | undefined;
  readonly serverPassword?: string | undefined;
  readonly sasl?: { readonly account: string; readonly password: string } | undefined;
  readonly channels: readonly string[];
}

const NICK = /^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]{0,62}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 2812 1.3 forbids blank, comma, bell and line breaks
const CHANNEL = /^[#&+!][^\x00\x07\r\n ,]{1,99}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: user names go between blanks
const USERNAME = /^[^\x00-\x20@!:\x7f][^\x00-\x20@!\x7f]{0,62}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the line and start another command
const LINE_BREAK = /[\x00\r\n]/;
const MAX_SECRET = 300;
const MAX_CHANNELS = 100;

/** @throws SundewError CONFIG_INVALID naming the setting and what it must be */
export function checkIrcConfig(config: IrcDecoyConfig): void {
  if (!NICK.test(config.address)) {
    throw invalid('address', config, 'must be a nick: letters, digits and []\\`_^{|}-, not a digit or dash first');
  }
  if (config.tls === 'none' && !isLoopbackHost(config.host)) {
    throw invalid('tls', config, 'may be "none" for a server on this machine only; use "direct"');
  }
  if (config.channels.length > MAX_CHANNELS) throw invalid('channels', config, `must be at most ${MAX_CHANNELS}`);
  for (const channel of config.channels) {
    if (!CHANNEL.test(channel)) {
      throw invalid('channels', config, `must be channel names such as "#help", not ${JSON.stringify(channel)}`);
    }
  }
  if (config.username !== undefined && !USERNAME.test(config.username)) {
    throw invalid('username', config, 'must be one word without "@" and "!"');
  }
  oneLine('realname', config, config.realname);
  oneLine('serverPassword', config, config.serverPassword);
  oneLine('sasl.account', config, config.sasl?.account);
  oneLine('sasl.password', config, config.sasl?.password);
}

function oneLine(key: string, config: IrcDecoyConfig, value: string | undefined): void {
  if (value === undefined) return;
  if (value === '' || Buffer.byteLength(value) > MAX_SECRET || LINE_BREAK.test(value)) {
    throw invalid(key, config, `must be one line of 1 to ${MAX_SECRET} bytes`);
  }
}

function invalid(key: string, config: IrcDecoyConfig, rule: string): SundewError {
  return new SundewError('CONFIG_INVALID', `IRC decoy ${JSON.stringify(config.address)}: ${key} ${rule}`);
}
