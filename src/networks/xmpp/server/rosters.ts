// Contact lists of the range's accounts (RFC 6121 2 and 3): what subscriptions make of them, and pushes to who asked for the list.
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { type XmlElement, xml } from '../wire/xml-element.ts';

const MAX_ITEMS = 10_000;

/** The contact sees the account, the account sees the contact. */
interface Item {
  readonly from: boolean;
  readonly to: boolean;
}

export type Subscription = 'none' | 'from' | 'to' | 'both';

/** What a presence of this type makes of the item of who sends it, and of who gets it. */
const CHANGES: Readonly<Record<string, { readonly sender: Partial<Item>; readonly receiver: Partial<Item> }>> = {
  subscribed: { sender: { from: true }, receiver: { to: true } },
  unsubscribe: { sender: { to: false }, receiver: { from: false } },
  unsubscribed: { sender: { from: false }, receiver: { to: false } },
};

export class Rosters {
  readonly #lists = new Map<string, Map<string, Item>>();
  readonly #push: (account: string, iq: XmlElement) => void;
  #pushes = 0;

  /** @param push hands a roster push to every resource of an account that asked for the list */
  constructor(push: (account: string, iq: XmlElement) => void) {
    this.#push = push;
  }

  /** The answer to a client that asks for its list. */
  answer(account: string, iq: XmlElement): XmlElement {
    const items = [...(this.#lists.get(account) ?? [])].map(([jid, item]) => element(jid, item));
    return xml(NS.client, 'iq', { type: 'result', id: iq.attrs.get('id') }, xml(NS.roster, 'query', {}, ...items));
  }

  /** Puts a contact on a list, as the account's owner would have come to have it there. */
  plant(account: string, jid: string, subscription: Subscription): void {
    const has = (one: Subscription): boolean => subscription === one || subscription === 'both';
    this.#change(account, jid, { from: has('from'), to: has('to') });
  }

  /** A presence about subscriptions that passes between two addresses; each may be an account of this server. */
  follow(presence: XmlElement, isAccount: (bare: string) => boolean): void {
    const change = CHANGES[presence.attrs.get('type') ?? ''];
    const sender = parseJid(presence.attrs.get('from') ?? '')?.bare;
    const receiver = parseJid(presence.attrs.get('to') ?? '')?.bare;
    if (change === undefined || sender === undefined || receiver === undefined) return;
    if (isAccount(sender)) this.#change(sender, receiver, change.sender);
    if (isAccount(receiver)) this.#change(receiver, sender, change.receiver);
  }

  #change(account: string, jid: string, change: Partial<Item>): void {
    const list = this.#lists.get(account) ?? new Map<string, Item>();
    this.#lists.set(account, list);
    const before = list.get(jid) ?? { from: false, to: false };
    const item = { ...before, ...change };
    if ((item.from === before.from && item.to === before.to) || list.size >= MAX_ITEMS) return;
    list.set(jid, item);
    this.#pushes += 1;
    const attrs = { type: 'set', id: `push-${this.#pushes}` };
    this.#push(account, xml(NS.client, 'iq', attrs, xml(NS.roster, 'query', {}, element(jid, item))));
  }
}

function element(jid: string, { from, to }: Item): XmlElement {
  const subscription = from && to ? 'both' : from ? 'from' : to ? 'to' : 'none';
  return xml(NS.roster, 'item', { jid, subscription });
}
