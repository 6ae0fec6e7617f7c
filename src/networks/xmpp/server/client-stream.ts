// One client of the range's server: SASL, binding, stream management with resumption, stanzas.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { NS } from '../wire/namespaces.ts';
import { childOf, childText, textOf, type XmlElement, xml } from '../wire/xml-element.ts';
import { ManagedQueue } from './managed-queue.ts';
import type { Router } from './router.ts';
import { SaslExchange, type SaslStep } from './sasl-server.ts';
import { StreamSocket } from './stream-socket.ts';
import { withFrom } from './translate.ts';
import type { BoundClient } from './types.ts';

/** Streams that may be resumed, by their id. */
export type Resumable = Map<string, ClientStream>;

const ASK_EVERY = 5;
/** What is still open so long after it was sent is asked for again. */
const ASK_AGAIN_MS = 1_000;

export class ClientStream implements BoundClient {
  readonly #router: Router;
  readonly #resumable: Resumable;
  readonly #hibernateMs: number;
  #stream: StreamSocket;
  #sasl: SaslExchange;
  #bare: string | undefined;
  #queue: ManagedQueue | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #asking: NodeJS.Timeout | undefined;
  #over = false;
  resource = '';
  available = false;
  interested = false;

  constructor(socket: Socket, router: Router, resumable: Resumable, hibernateMs: number) {
    this.#router = router;
    this.#resumable = resumable;
    this.#hibernateMs = hibernateMs;
    this.#sasl = new SaslExchange((local) => router.passwordOf(local));
    this.#stream = new StreamSocket(socket, NS.client, router.domain, {
      opened: () => this.#features(),
      element: (element) => this.#element(element),
      closed: () => this.#closed(),
    });
  }

  deliver(stanza: XmlElement): void {
    if (this.#queue?.add(stanza) === false) {
      this.end('resource-constraint');
      return;
    }
    this.#stream.send(stanza);
    if (this.#queue === undefined) return;
    if (this.#queue.open.length % ASK_EVERY === 1) this.#stream.send(xml(NS.sm, 'r'));
    this.#askLater();
  }

  get unacknowledged(): number {
    return this.#queue?.open.filter((stanza) => stanza.name === 'message').length ?? 0;
  }

  #askLater(): void {
    this.#asking ??= setTimeout(() => {
      this.#asking = undefined;
      if (this.#over || (this.#queue?.open.length ?? 0) === 0) return;
      this.#stream.send(xml(NS.sm, 'r'));
      this.#askLater();
    }, ASK_AGAIN_MS).unref();
  }

  end(condition: string): void {
    this.#stream.end(condition);
    this.#finish();
  }

  cut(): void {
    this.#stream.destroy();
  }

  #features(): void {
    const children =
      this.#bare === undefined
        ? [
            xml(
              NS.sasl,
              'mechanisms',
              {},
              ...['SCRAM-SHA-1', 'PLAIN'].map((name) => xml(NS.sasl, 'mechanism', {}, name)),
            ),
          ]
        : [xml(NS.bind, 'bind'), xml(NS.sm, 'sm')];
    this.#stream.send(xml(NS.stream, 'features', {}, ...children));
  }

  #element(element: XmlElement): void {
    if (element.ns === NS.sasl) {
      this.#authenticate(element);
      return;
    }
    if (this.#bare === undefined) {
      this.#stream.end('not-authorized');
      return;
    }
    if (element.ns === NS.sm) {
      this.#manage(element, this.#bare);
      return;
    }
    if (element.ns !== NS.client) return;
    if (this.#queue !== undefined) this.#queue.received += 1;
    const bind = childOf(element, NS.bind, 'bind');
    if (bind !== undefined && this.resource === '') {
      this.#bind(element, bind, this.#bare);
      return;
    }
    if (element.name === 'presence' && !element.attrs.has('to')) {
      this.#presence(element, this.#bare);
      return;
    }
    if (element.name === 'iq' && isRosterRequest(element)) {
      this.interested = true;
      this.deliver(this.#router.rosters.answer(this.#bare, element));
      return;
    }
    // Subscriptions are between accounts, not resources (RFC 6121 3.1.2).
    const from =
      element.name === 'presence' && element.attrs.has('type') ? this.#bare : `${this.#bare}/${this.resource}`;
    this.#router.route(withFrom(element, from));
  }

  #authenticate(element: XmlElement): void {
    const payload = Buffer.from(textOf(element), 'base64').toString('utf8');
    const step: SaslStep =
      element.name === 'auth'
        ? this.#sasl.start(element.attrs.get('mechanism') ?? '', payload)
        : this.#sasl.respond(payload);
    if (step.kind === 'failure') {
      this.#stream.send(xml(NS.sasl, 'failure', {}, xml(NS.sasl, step.condition)));
      this.#stream.end();
      return;
    }
    const answer = step.payload === '' ? [] : [Buffer.from(step.payload).toString('base64')];
    this.#stream.send(xml(NS.sasl, step.kind, {}, ...answer));
    if (step.kind === 'challenge') return;
    this.#bare = `${step.local.toLowerCase()}@${this.#router.domain}`;
    this.#stream.restart();
  }

  #bind(iq: XmlElement, bind: XmlElement, bare: string): void {
    this.resource = childText(bind, NS.bind, 'resource') ?? randomUUID();
    this.#router.bind(bare, this);
    const jid = xml(NS.bind, 'jid', {}, `${bare}/${this.resource}`);
    this.#stream.send(xml(NS.client, 'iq', { type: 'result', id: iq.attrs.get('id') }, xml(NS.bind, 'bind', {}, jid)));
  }

  #presence(presence: XmlElement, bare: string): void {
    const available = presence.attrs.get('type') === undefined;
    const first = available && !this.available;
    this.available = available;
    if (first) this.#router.handOver(bare, this);
  }

  #manage(element: XmlElement, bare: string): void {
    switch (element.name) {
      case 'enable': {
        const queue = new ManagedQueue(randomUUID());
        this.#queue = queue;
        if (element.attrs.get('resume') === 'true') this.#resumable.set(queue.id, this);
        const resume = this.#resumable.has(queue.id) ? 'true' : undefined;
        this.#stream.send(xml(NS.sm, 'enabled', { id: queue.id, resume }));
        return;
      }
      case 'resume':
        this.#resume(element, bare);
        return;
      case 'r':
        this.#stream.send(xml(NS.sm, 'a', { h: String(this.#queue?.received ?? 0) }));
        return;
      case 'a':
        this.#queue?.acknowledge(Number(element.attrs.get('h')));
        return;
      default:
        return;
    }
  }

  /** The earlier stream takes over this connection. */
  #resume(element: XmlElement, bare: string): void {
    const earlier = this.#resumable.get(element.attrs.get('previd') ?? '');
    if (earlier === undefined || earlier.#bare !== bare || earlier.#queue === undefined) {
      this.#stream.send(xml(NS.sm, 'failed', {}, xml(NS.stanzaErrors, 'item-not-found')));
      return;
    }
    clearTimeout(earlier.#expiry);
    earlier.#stream.destroy();
    this.#queue = earlier.#queue;
    this.resource = earlier.resource;
    earlier.#over = true;
    this.#router.bind(bare, this);
    this.available = earlier.available;
    this.interested = earlier.interested;
    this.#resumable.set(this.#queue.id, this);
    this.#queue.acknowledge(Number(element.attrs.get('h')));
    this.#stream.send(xml(NS.sm, 'resumed', { previd: this.#queue.id, h: String(this.#queue.received) }));
    for (const stanza of this.#queue.open) this.#stream.send(stanza);
    this.#stream.send(xml(NS.sm, 'r'));
    this.#askLater();
  }

  #closed(): void {
    if (this.#over) return;
    if (this.#queue === undefined || !this.#resumable.has(this.#queue.id)) {
      this.#finish();
      return;
    }
    this.#expiry = setTimeout(() => this.#finish(), this.#hibernateMs);
    this.#expiry.unref();
  }

  /** For good: what was not acknowledged goes to whoever is there, or waits (XEP-0198 5). */
  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#expiry);
    clearTimeout(this.#asking);
    const queue = this.#queue;
    if (queue !== undefined) this.#resumable.delete(queue.id);
    if (this.#bare !== undefined) this.#router.unbind(this.#bare, this);
    for (const stanza of queue?.open ?? []) {
      if (stanza.name === 'message' && this.#bare !== undefined) this.#router.redeliver(this.#bare, stanza);
    }
  }
}

function isRosterRequest(iq: XmlElement): boolean {
  const query = childOf(iq, NS.roster, 'query');
  return query !== undefined && iq.attrs.get('type') === 'get' && !iq.attrs.has('to');
}
