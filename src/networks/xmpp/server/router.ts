// Who gets a stanza (RFC 6121 8): accounts, their resources, offline messages, components.
import { randomUUID } from 'node:crypto';
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { childOf, type XmlElement, xml } from '../wire/xml-element.ts';
import { Rosters } from './rosters.ts';
import type { BoundClient, Receiver, XmppAccount } from './types.ts';

const MAX_OFFLINE = 1_000;
const OFFLINE_TYPES = new Set<string | undefined>([undefined, 'chat', 'normal']);

/** All that the server knows, in memory. */
export class Router {
  readonly domain: string;
  readonly #now: () => Date;
  readonly #passwords = new Map<string, string>();
  readonly #clients = new Map<string, Map<string, BoundClient>>();
  readonly #components = new Map<string, Receiver>();
  readonly #offline = new Map<string, XmlElement[]>();
  readonly #requests = new Map<string, Map<string, XmlElement>>();
  readonly rosters = new Rosters((account, iq) => {
    for (const client of this.#clients.get(account)?.values() ?? []) if (client.interested) client.deliver(iq);
  });

  constructor(domain: string, accounts: readonly XmppAccount[], now: () => Date) {
    this.domain = domain;
    this.#now = now;
    for (const account of accounts) this.#passwords.set(account.local, account.password);
  }

  passwordOf(local: string): string | undefined {
    return this.#passwords.get(local);
  }

  addAccount(account: XmppAccount): void {
    this.#passwords.set(account.local, account.password);
  }

  /** Binds a resource; one that holds the name already is ended by `conflict` (RFC 6120 7.7.2.2). */
  bind(bare: string, client: BoundClient): void {
    const resources = this.#clients.get(bare) ?? new Map<string, BoundClient>();
    this.#clients.set(bare, resources);
    const previous = resources.get(client.resource);
    resources.set(client.resource, client);
    previous?.end('conflict');
  }

  unbind(bare: string, client: BoundClient): void {
    const resources = this.#clients.get(bare);
    if (resources?.get(client.resource) === client) resources.delete(client.resource);
  }

  /** @returns false when the domain is taken */
  attach(domain: string, component: Receiver): boolean {
    if (this.#components.has(domain)) return false;
    this.#components.set(domain, component);
    return true;
  }

  detach(domain: string, component: Receiver): void {
    if (this.#components.get(domain) === component) this.#components.delete(domain);
  }

  /** A client became available: what waited for it. */
  handOver(bare: string, client: BoundClient): void {
    const waiting = this.#offline.get(bare) ?? [];
    this.#offline.delete(bare);
    for (const stanza of waiting) client.deliver(stanza);
    for (const request of this.#requests.get(bare)?.values() ?? []) client.deliver(request);
  }

  /** Routes a stanza whose `from` is already true. */
  route(stanza: XmlElement): void {
    if (stanza.name === 'presence') this.#subscriptions(stanza);
    const to = parseJid(stanza.attrs.get('to') ?? this.domain);
    if (to === undefined) {
      this.#bounce(stanza, 'jid-malformed');
      return;
    }
    const component = this.#components.get(to.domain);
    if (component !== undefined) {
      component.deliver(stanza);
      return;
    }
    if (to.domain !== this.domain) {
      this.#bounce(stanza, 'remote-server-not-found');
      return;
    }
    if (to.local === undefined) {
      this.#toServer(stanza);
      return;
    }
    if (!this.#passwords.has(to.local)) {
      this.#bounce(stanza, 'service-unavailable');
      return;
    }
    const resources = this.#clients.get(to.bare) ?? new Map<string, BoundClient>();
    const exact = to.resource === undefined ? undefined : resources.get(to.resource);
    if (stanza.name === 'iq') {
      // An IQ to a bare address is the server's to answer: the account never sees it (RFC 6121 8.5.2.1.3).
      exact === undefined ? this.#bounce(stanza, 'service-unavailable') : exact.deliver(stanza);
      return;
    }
    const open = this.#available(to.bare);
    if (stanza.name === 'presence') {
      this.#presence(to.bare, stanza, exact === undefined ? open : [exact]);
      return;
    }
    this.#message(to.bare, stanza, exact === undefined ? open : [exact]);
  }

  /**
   * What a stream that is over had not acknowledged: to whoever is there, or it waits, with the time and under the stamp
   * it had (XEP-0198 5, XEP-0203, XEP-0359 3), so that the receiver can tell that it is the same.
   */
  redeliver(bare: string, message: XmlElement): void {
    this.#handOut(bare, this.#delayed(message), this.#available(bare));
  }

  /** Messages for an account that nobody has acknowledged yet. */
  waiting(local: string): number {
    const bare = `${local}@${this.domain}`;
    const resources = [...(this.#clients.get(bare)?.values() ?? [])];
    return resources.reduce((sum, client) => sum + client.unacknowledged, this.#offline.get(bare)?.length ?? 0);
  }

  cut(local: string): void {
    for (const client of this.#clients.get(`${local}@${this.domain}`)?.values() ?? []) client.cut();
  }

  #available(bare: string): readonly BoundClient[] {
    return [...(this.#clients.get(bare)?.values() ?? [])].filter((client) => client.available);
  }

  #delayed(message: XmlElement): XmlElement {
    if (childOf(message, NS.delay, 'delay') !== undefined) return message;
    return withChild(message, xml(NS.delay, 'delay', { from: this.domain, stamp: this.#now().toISOString() }));
  }

  #message(bare: string, message: XmlElement, receivers: readonly BoundClient[]): void {
    // A stamp in the account's name that came from outside is forged (XEP-0359 6).
    const stamp = xml(NS.stanzaId, 'stanza-id', { by: bare, id: randomUUID() });
    this.#handOut(bare, withChild(withoutStamps(message, bare), stamp), receivers);
  }

  #handOut(bare: string, message: XmlElement, receivers: readonly BoundClient[]): void {
    for (const receiver of receivers) receiver.deliver(message);
    if (receivers.length > 0 || !OFFLINE_TYPES.has(message.attrs.get('type'))) return;
    const kept = this.#offline.get(bare) ?? [];
    this.#offline.set(bare, kept);
    if (kept.length >= MAX_OFFLINE) {
      this.#bounce(message, 'service-unavailable');
      return;
    }
    kept.push(this.#delayed(message));
  }

  #presence(bare: string, presence: XmlElement, receivers: readonly BoundClient[]): void {
    const from = presence.attrs.get('from') ?? '';
    const requests = this.#requests.get(bare) ?? new Map<string, XmlElement>();
    if (presence.attrs.get('type') === 'subscribe' && requests.size < MAX_OFFLINE) {
      this.#requests.set(bare, requests.set(from, presence));
    }
    for (const receiver of receivers) receiver.deliver(presence);
  }

  /** An answered request is asked no more (RFC 6121 3.1.5). */
  #subscriptions(presence: XmlElement): void {
    this.rosters.follow(presence, (bare) => bare.endsWith(`@${this.domain}`) && this.#passwords.has(localOf(bare)));
    const { from, to, type } = Object.fromEntries(presence.attrs);
    if (type === 'subscribed' || type === 'unsubscribed') this.#requests.get(from ?? '')?.delete(to ?? '');
    if (type === 'unsubscribe') this.#requests.get(to ?? '')?.delete(from ?? '');
  }

  #toServer(stanza: XmlElement): void {
    const type = stanza.attrs.get('type');
    if (stanza.name !== 'iq' || (type !== 'get' && type !== 'set')) return;
    if (childOf(stanza, NS.ping, 'ping') === undefined) {
      this.#bounce(stanza, 'service-unavailable');
      return;
    }
    this.route(
      xml(NS.client, 'iq', {
        type: 'result',
        id: stanza.attrs.get('id'),
        from: this.domain,
        to: stanza.attrs.get('from'),
      }),
    );
  }

  #bounce(stanza: XmlElement, condition: string): void {
    const type = stanza.attrs.get('type');
    const from = stanza.attrs.get('from');
    if (type === 'error' || type === 'result' || stanza.name === 'presence' || from === undefined) return;
    const error = xml(stanza.ns, 'error', { type: 'cancel' }, xml(NS.stanzaErrors, condition));
    const attrs = { type: 'error', id: stanza.attrs.get('id'), from: stanza.attrs.get('to') ?? this.domain, to: from };
    this.route(xml(NS.client, stanza.name, attrs, error));
  }
}

const localOf = (bare: string): string => bare.slice(0, bare.indexOf('@'));

function withChild(stanza: XmlElement, child: XmlElement): XmlElement {
  return { ...stanza, children: [...stanza.children, child] };
}

function withoutStamps(message: XmlElement, bare: string): XmlElement {
  const forged = (child: XmlElement | string): boolean =>
    typeof child !== 'string' &&
    child.ns === NS.stanzaId &&
    child.name === 'stanza-id' &&
    child.attrs.get('by') === bare;
  return { ...message, children: message.children.filter((child) => !forged(child)) };
}
