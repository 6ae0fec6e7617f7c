// The Sametime peers: colleagues with accounts on the range's server.
import type { Log } from '../core/clock.ts';
import { SametimeSender } from '../networks/sametime/sender.ts';
import { encodeFileOffer } from '../networks/sametime/wire/file-offer.ts';
import { FILE_TRANSFER } from '../networks/sametime/wire/services.ts';
import { openSenders, type Senders, type Speaker } from './senders.ts';
import type { Touch } from './touch.ts';

/** Channels of file offers are numbered from here, far from those that the sender itself opens. */
const FIRST_OFFER = 0x10_0000;

export function openSametimeSenders(port: number, password: string, log: Log): Senders {
  return openSenders({
    network: 'sametime',
    port,
    log,
    speaker: (user, line): Speaker => {
      const sender = new SametimeSender({ user, password, accepts: false, write: (frame) => line.write(frame) });
      let offers = FIRST_OFFER;
      sender.start().then(
        () => line.online(),
        (error: unknown) => log.warn({ error }, 'a Sametime sender of the range could not sign on'),
      );
      return {
        feed: (chunk) => sender.feed(chunk),
        say: (touch) => {
          offers += 1;
          say(sender, touch, offers);
        },
      };
    },
  });
}

function say(sender: SametimeSender, { act, to }: Touch, channel: number): void {
  switch (act.type) {
    case 'message':
    case 'contact-request': // Sametime has none: whoever wants to be added says so.
      sender.im(to, act.text);
      return;
    case 'group-invite':
      sender.invite(to, act.room, act.text);
      return;
    case 'file-offer':
      // Not by the sender's own offer, which would hold a content: there is no file.
      sender.write({
        kind: 'create',
        id: channel,
        target: { user: to, community: '' },
        ...FILE_TRANSFER,
        data: encodeFileOffer({ name: act.name, message: act.text, size: act.size }),
        mode: 0,
        ciphers: [],
      });
      return;
    case 'probe':
      return;
  }
}
