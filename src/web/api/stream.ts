// The live stream (server-sent events). The browser's own reconnecting gives up on an HTTP error and says nothing
// about its state, so a broken source is closed and a new one opened after a back-off.
import { backOffMs } from './back-off.ts';
import type { CaptureRow, NetworkLevel, RetractedEvent, Touch, Warning } from './types.ts';

export type StreamState = 'connecting' | 'live' | 'reconnecting';

export type StreamEvent =
  | { readonly type: 'touch'; readonly data: Touch }
  | { readonly type: 'warning'; readonly data: Warning }
  | { readonly type: 'level'; readonly data: NetworkLevel }
  | { readonly type: 'capture'; readonly data: CaptureRow }
  | { readonly type: 'retracted'; readonly data: RetractedEvent };

/** What the events of the contract are called; the web takes types only, so the compiler keeps the two alike. */
const EVENTS = ['touch', 'warning', 'level', 'capture', 'retracted'] as const satisfies readonly StreamEvent['type'][];

export interface StreamHandlers {
  readonly onEvent: (event: StreamEvent) => void;
  /** `live` is told at each (re)connection: whoever listens fetches what it missed. */
  readonly onState: (state: StreamState) => void;
}

/** Opens a stream and keeps it open. @returns closes it for good */
export function openStream(url: string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let closed = false;

  const connect = (): void => {
    const current = new EventSource(url);
    source = current;
    current.onopen = () => {
      tries = 0;
      handlers.onState('live');
    };
    current.onerror = () => {
      current.close();
      if (closed || source !== current) return;
      tries += 1;
      handlers.onState('reconnecting');
      timer = setTimeout(connect, backOffMs(tries, Math.random));
    };
    for (const type of EVENTS) {
      current.addEventListener(type, (message) => {
        const data = readData(message.data);
        if (data !== undefined) handlers.onEvent({ type, data } as StreamEvent);
      });
    }
  };

  handlers.onState('connecting');
  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}

function readData(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // An event cut short by a dying connection; the next connection fetches what was missed.
    return undefined;
  }
}
