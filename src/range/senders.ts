// Peers with a connection of their own while they have something to say: opened for the first touch, closed when idle.
import { connect, type Socket } from 'node:net';
import type { Log } from '../core/clock.ts';
import { isSundewError } from '../core/error.ts';
import type { RangeNetwork, Touch } from './touch.ts';

export interface Senders {
  send(touch: Touch): void;
  stop(): void;
}

/** One peer that signs on by itself once it is made. */
export interface Speaker {
  /** Bytes of the server. @throws SundewError WIRE_* */
  feed(chunk: Uint8Array): void;
  say(touch: Touch): void;
}

/** What a speaker is given: its own socket, and the word that it is signed on. */
export interface Line {
  write(bytes: Uint8Array): void;
  /** Leaves this connection for a new one to the same server. */
  reconnect(): void;
  online(): void;
}

export interface SendersOptions {
  readonly network: RangeNetwork;
  readonly port: number;
  readonly log: Log;
  speaker(name: string, line: Line): Speaker;
}

/** Connections at the same time on one network; the one that was quiet longest makes room. */
const MAX_OPEN = 40;
const MAX_WAITING = 50;
const IDLE_MS = 15_000;

export function openSenders(options: SendersOptions): Senders {
  const open = new Map<string, OpenLine>();
  const closed = (name: string, line: OpenLine): void => {
    if (open.get(name) === line) open.delete(name);
  };
  return {
    send: (touch) => {
      const line = open.get(touch.from) ?? new OpenLine(options, touch.from, closed);
      open.delete(touch.from);
      open.set(touch.from, line);
      line.send(touch);
      const [oldest] = open.values();
      if (open.size > MAX_OPEN) oldest?.close();
    },
    stop: () => {
      for (const line of [...open.values()]) line.close();
    },
  };
}

class OpenLine {
  readonly #options: SendersOptions;
  readonly #name: string;
  readonly #speaker: Speaker;
  readonly #closed: (name: string, line: OpenLine) => void;
  readonly #idle: NodeJS.Timeout;
  readonly #waiting: Touch[] = [];
  #socket: Socket;
  #online = false;

  constructor(options: SendersOptions, name: string, closed: (name: string, line: OpenLine) => void) {
    this.#options = options;
    this.#name = name;
    this.#closed = closed;
    this.#socket = this.#connect();
    this.#idle = setTimeout(() => this.close(), IDLE_MS);
    this.#speaker = options.speaker(name, {
      write: (bytes) => {
        if (!this.#socket.destroyed) this.#socket.write(bytes);
      },
      reconnect: () => {
        this.#socket.destroySoon();
        this.#socket = this.#connect();
      },
      online: () => this.#begin(),
    });
  }

  #connect(): Socket {
    const { network, port, log } = this.#options;
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk) => {
      if (socket === this.#socket) this.#feed(chunk);
    });
    socket.on('error', (cause) => {
      log.warn({ network, cause: cause.message }, 'a sender of the range lost its connection');
    });
    socket.on('close', () => {
      if (socket === this.#socket) this.close();
    });
    return socket;
  }

  send(touch: Touch): void {
    this.#idle.refresh();
    if (this.#online) this.#speaker.say(touch);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(touch);
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#socket.destroy();
    this.#closed(this.#name, this);
  }

  #begin(): void {
    this.#online = true;
    for (const touch of this.#waiting.splice(0)) this.#speaker.say(touch);
  }

  #feed(chunk: Uint8Array): void {
    const { network, log } = this.#options;
    try {
      this.#speaker.feed(chunk);
    } catch (error) {
      if (!isSundewError(error)) throw error;
      log.warn({ network, code: error.code }, 'a sender of the range could not read its server');
      this.close();
    }
  }
}
