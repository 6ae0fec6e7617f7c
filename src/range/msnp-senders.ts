// The MSN peers: the range's server opens a conversation for each, in which they say what they have to say and leave.
import { randomInt, randomUUID } from 'node:crypto';
import type { Log } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { MsnpServer, Stranger } from '../networks/msnp/server.ts';
import { encodeFileContext } from '../networks/msnp/wire/file-context.ts';
import { encodeP2pMessage, encodeText } from '../networks/msnp/wire/message.ts';
import { splitP2p } from '../networks/msnp/wire/p2p.ts';
import { encodeFileInvite } from '../networks/msnp/wire/slp.ts';
import type { Senders } from './senders.ts';
import type { Touch } from './touch.ts';

export function openMsnpSenders(server: MsnpServer, log: Log): Senders {
  let stopped = false;
  return {
    send: (touch) => {
      const from = { address: touch.from, name: touch.from.split('@')[0] ?? touch.from };
      if (stopped) return;
      if (touch.act.type === 'contact-request') server.add(from, touch.to);
      else
        server.ring(from, touch.to, payloadsOf(touch, from)).catch((error: unknown) => {
          log.warn({ cause: messageOf(error) }, 'an MSN sender of the range was not heard');
        });
    },
    stop: () => {
      stopped = true;
    },
  };
}

function payloadsOf({ act, to }: Touch, from: Stranger): readonly Uint8Array[] {
  switch (act.type) {
    case 'message':
      return [encodeText(act.text)];
    case 'file-offer': {
      const text = act.text === '' ? [] : [encodeText(act.text)];
      return [...text, ...offer(from.address, to, act)];
    }
    case 'contact-request':
    case 'group-invite':
    case 'probe':
      return []; // No family does it here: the conversation opens and closes.
  }
}

/** An MSNSLP invitation in its chunks. */
function offer(
  from: string,
  to: string,
  file: { readonly name: string; readonly size: number },
): readonly Uint8Array[] {
  const id = (): string => `{${randomUUID().toUpperCase()}}`;
  const number = (): number => randomInt(1, 0x7fff_ffff);
  const context = encodeFileContext({ name: file.name, size: file.size });
  const invite = encodeFileInvite({ from, to, branch: id(), callId: id(), session: number(), context });
  return splitP2p(invite, { identifier: number(), ackId: number() }).map((chunk) => encodeP2pMessage(to, chunk));
}
