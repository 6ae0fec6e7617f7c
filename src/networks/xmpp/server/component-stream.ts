// One component of the range's server (XEP-0114).
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { parseJid } from '../wire/jid.ts';
import { NS } from '../wire/namespaces.ts';
import { textOf, type XmlElement, xml } from '../wire/xml-element.ts';
import type { Router } from './router.ts';
import { StreamSocket } from './stream-socket.ts';
import { toStreamNs } from './translate.ts';
import type { Receiver, XmppComponent } from './types.ts';

export class ComponentStream implements Receiver {
  readonly #router: Router;
  readonly #component: XmppComponent;
  readonly #stream: StreamSocket;
  #id = '';
  #attached = false;

  constructor(socket: Socket, router: Router, component: XmppComponent) {
    this.#router = router;
    this.#component = component;
    this.#stream = new StreamSocket(socket, NS.component, component.domain, {
      opened: (id) => {
        this.#id = id;
      },
      element: (element) => this.#element(element),
      closed: () => router.detach(component.domain, this),
    });
  }

  deliver(stanza: XmlElement): void {
    this.#stream.send(stanza);
  }

  end(condition: string): void {
    this.#stream.end(condition);
  }

  cut(): void {
    this.#stream.destroy();
  }

  #element(element: XmlElement): void {
    if (element.name === 'handshake') {
      this.#handshake(element);
      return;
    }
    if (!this.#attached) {
      this.end('not-authorized');
      return;
    }
    const from = parseJid(element.attrs.get('from') ?? '');
    if (from?.domain !== this.#component.domain) {
      this.end('invalid-from');
      return;
    }
    this.#router.route(toStreamNs(element, NS.client));
  }

  #handshake(element: XmlElement): void {
    const expected = createHash('sha1').update(this.#id).update(this.#component.secret).digest('hex');
    if (textOf(element) !== expected) {
      this.end('not-authorized');
      return;
    }
    if (!this.#router.attach(this.#component.domain, this)) {
      this.end('conflict');
      return;
    }
    this.#attached = true;
    this.#stream.send(xml(NS.component, 'handshake'));
  }
}
