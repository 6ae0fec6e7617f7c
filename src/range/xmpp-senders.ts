// The XMPP peers: three servers of other people, each a component of the range's server (XEP-0114), so that every peer
// has an address of its own on one real connection. They only write; what comes back is read and dropped.
import { createHash, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Log } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import type { Senders } from './senders.ts';
import type { Act, Touch } from './touch.ts';

const HEADER_ID = /\sid=["']([^"']{1,200})["']/;
const HANDSHAKE_MS = 5_000;
const MAX_HEADER = 8_192;

/** Connects one component for each domain. @throws SundewError LINK_REFUSED */
export async function openXmppSenders(
  port: number,
  domains: readonly { readonly domain: string; readonly secret: string }[],
  log: Log,
): Promise<Senders> {
  const sockets = new Map<string, Socket>();
  for (const { domain, secret } of domains) sockets.set(domain, await openComponent(port, domain, secret));
  // Ids must not come again after the next start, or what they name would count as redelivered.
  const epoch = randomUUID();
  let count = 0;
  return {
    send: (touch) => {
      count += 1;
      const socket = sockets.get(touch.from.split('@')[1] ?? '');
      if (socket?.writable === true) socket.write(stanzaOf(touch, `${epoch}-${count}`));
      else log.warn({ family: touch.family }, 'an XMPP sender of the range is not connected');
    },
    stop: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}

function openComponent(port: number, domain: string, secret: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let head = '';
    const fail = (cause?: Error): void => {
      socket.destroy();
      reject(new SundewError('LINK_REFUSED', `the range's sender ${domain} could not sign on`, { cause }));
    };
    const onData = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (head.includes('<handshake')) {
        socket.setTimeout(0);
        socket.off('data', onData);
        socket.resume(); // Bounces and silence: nobody reads them.
        resolve(socket);
      } else if (head.length > MAX_HEADER || head.includes('<stream:error')) fail();
      else if (HEADER_ID.test(head)) handshake();
    };
    let answered = false;
    const handshake = (): void => {
      if (answered) return;
      answered = true;
      const id = HEADER_ID.exec(head)?.[1] ?? '';
      socket.write(`<handshake>${createHash('sha1').update(id).update(secret).digest('hex')}</handshake>`);
    };
    socket.setTimeout(HANDSHAKE_MS, fail);
    socket.on('error', fail);
    socket.on('data', onData);
    socket.write(
      `<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='${domain}'>`,
    );
  });
}

/** XML text: no peer of the range writes control characters. */
const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;');

function stanzaOf(touch: Touch, id: string): string {
  const from = escapeXml(touch.from);
  const to = escapeXml(touch.to);
  const message = (content: string): string =>
    `<message type='chat' id='${id}' from='${from}/im' to='${to}'>${content}</message>`;
  return contentOf(touch.act, { from, to, id, message });
}

interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly message: (content: string) => string;
}

function contentOf(act: Act, { from, to, id, message }: Envelope): string {
  switch (act.type) {
    case 'message':
      return message(`<body>${escapeXml(act.text)}</body>`);
    case 'contact-request':
      return `<presence type='subscribe' id='${id}' from='${from}' to='${to}'><status>${escapeXml(act.text)}</status></presence>`;
    case 'group-invite': {
      const room = `${escapeXml(act.room)}@rooms.example`;
      return message(`<x xmlns='jabber:x:conference' jid='${room}' reason='${escapeXml(act.text)}'/>`);
    }
    case 'probe':
      return `<iq type='get' id='${id}' from='${from}/im' to='${to}'><query xmlns='jabber:iq:version'/></iq>`;
    case 'file-offer':
      // XEP-0096 with a made-up hash: there is no file.
      return (
        `<iq type='set' id='${id}' from='${from}/im' to='${to}'><si xmlns='http://jabber.org/protocol/si' id='${id}' ` +
        `profile='http://jabber.org/protocol/si/profile/file-transfer'>` +
        `<file xmlns='http://jabber.org/protocol/si/profile/file-transfer' name='${escapeXml(act.name)}' size='${act.size}' ` +
        `hash='${createHash('md5').update(`${act.name}${act.size}`).digest('hex')}'><desc>${escapeXml(act.text)}</desc></file></si></iq>`
      );
  }
}
