// The IRC peers: one real connection for each nick, opened when it has something to say and kept for a while.
import { connect, type Socket } from 'node:net';
import type { Log } from '../core/clock.ts';
import type { Senders } from './senders.ts';
import type { Act, Touch } from './touch.ts';

/** Connections at the same time; the one that was quiet longest makes room. */
const MAX_OPEN = 60;
const MAX_WAITING = 100;
/** 192.0.2.77 (RFC 5737) as DCC writes it: nothing listens there. */
const DCC_HOST = 3_221_226_061;

export function openIrcSenders(port: number, log: Log): Senders {
  const open = new Map<string, IrcSender>();
  return {
    send: (touch) => {
      const sender = open.get(touch.from) ?? new IrcSender(port, touch.from, log);
      open.delete(touch.from);
      open.set(touch.from, sender);
      sender.send(touch);
      const [oldest] = open;
      if (open.size <= MAX_OPEN || oldest === undefined) return;
      open.delete(oldest[0]);
      oldest[1].quit();
    },
    stop: () => {
      for (const sender of open.values()) sender.stop();
      open.clear();
    },
  };
}

class IrcSender {
  readonly #nick: string;
  readonly #port: number;
  readonly #log: Log;
  #socket: Socket | undefined;
  #online = false;
  #waiting: string[] = [];
  #text = '';

  constructor(port: number, nick: string, log: Log) {
    this.#port = port;
    this.#nick = nick;
    this.#log = log;
  }

  send(touch: Touch): void {
    if (this.#socket === undefined || this.#socket.destroyed) this.#connect();
    const channel = touch.to.startsWith('#') ? [`JOIN ${touch.to}`] : [];
    const lines = [...channel, ...linesOf(touch.act, touch.to), ...channel.map(() => `PART ${touch.to}`)];
    if (this.#online) this.#write(lines);
    else if (this.#waiting.length + lines.length <= MAX_WAITING) this.#waiting.push(...lines);
  }

  quit(): void {
    if (this.#online) this.#write(['QUIT']);
    else this.stop();
  }

  stop(): void {
    this.#socket?.destroy();
  }

  #connect(): void {
    const socket = connect(this.#port, '127.0.0.1');
    this.#socket = socket;
    this.#online = false;
    this.#text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => this.#read(String(chunk)));
    socket.on('error', (cause) => {
      this.#log.warn({ cause: cause.message }, 'an IRC sender of the range lost its connection');
      socket.destroy();
    });
    this.#write([`NICK ${this.#nick}`, `USER ${this.#nick} 0 * :${this.#nick}`]);
  }

  /** Waits for the end of the sign-on; after it, nothing that is said to the peer matters. */
  #read(chunk: string): void {
    if (this.#online) return;
    this.#text = (this.#text + chunk).slice(-2_000);
    if (!/ 376 /.test(this.#text)) return;
    this.#online = true;
    this.#write(this.#waiting);
    this.#waiting = [];
  }

  #write(lines: readonly string[]): void {
    for (const line of lines) this.#socket?.write(`${line}\r\n`);
  }
}

function linesOf(act: Act, to: string): readonly string[] {
  switch (act.type) {
    case 'message':
    case 'contact-request':
      return [`PRIVMSG ${to} :${act.text}`];
    case 'group-invite':
      return [`INVITE ${to} #${act.room}`];
    case 'probe':
      return [`PRIVMSG ${to} :\x01VERSION\x01`];
    case 'file-offer':
      return [
        ...(act.text === '' ? [] : [`PRIVMSG ${to} :${act.text}`]),
        `PRIVMSG ${to} :\x01DCC SEND "${act.name}" ${DCC_HOST} 4000 ${act.size}\x01`,
      ];
  }
}
