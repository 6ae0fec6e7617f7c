// Who touched a decoy first, and with what: only that may ever be answered (I-03, I-07).
import type { Capture, CaptureId, CaptureKind } from '../../core/capture.ts';

const MAX_REMEMBERED = 1000;
/** Kinds that are never answered: the named sender may be a victim, or nobody. */
const NEVER_ANSWERED: ReadonlySet<CaptureKind> = new Set([
  'backscatter',
  'service-notice',
  'malformed',
  'presence',
  'typing',
  'search',
  'search-result',
  'report',
  'unknown',
]);

export interface Contact {
  readonly peer: string;
  /** `host:port` that the capture tells, the only one that may be dialled for it. */
  readonly address?: string;
  readonly answerable: boolean;
}

/** The last touches of one decoy. */
export class Contacts {
  readonly #byCapture = new Map<CaptureId, Contact>();

  remember(capture: Capture): void {
    const inRoom = capture.conversation !== undefined || capture.meta.groupchat === true;
    const automatic = capture.meta.automatic === true || capture.meta.notice === true || capture.meta.bot === true;
    const answerable = !inRoom && !automatic && !NEVER_ANSWERED.has(capture.kind);
    const { address, id: peer } = capture.peer;
    this.#byCapture.set(capture.id, { peer, answerable, ...(address === undefined ? {} : { address }) });
    if (this.#byCapture.size > MAX_REMEMBERED) {
      for (const oldest of this.#byCapture.keys()) {
        this.#byCapture.delete(oldest);
        break;
      }
    }
  }

  find(cause: CaptureId): Contact | undefined {
    return this.#byCapture.get(cause);
  }
}
