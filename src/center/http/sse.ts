// Server-sent events (WHATWG HTML 9.2) over a live hub: heartbeats, a cap on listeners, nothing kept for the slow.
import type { FastifyReply, FastifyRequest } from 'fastify';

const HEARTBEAT_MS = 15_000;
const MAX_LISTENERS = 2_000;
let open = 0;

export interface SseEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Streams events until either side closes. */
export async function streamEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  events: (signal: AbortSignal) => AsyncIterable<SseEvent>,
): Promise<void> {
  if (open >= MAX_LISTENERS) {
    await reply
      .code(503)
      .header('retry-after', '30')
      .send({ error: { code: 'BUSY', message: 'too many listeners: try again in half a minute' } });
    return;
  }
  open += 1;
  const closed = new AbortController();
  const { raw } = reply;
  request.raw.on('close', () => closed.abort());
  reply.hijack();
  raw.writeHead(200, {
    ...Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    for await (const { event, data } of events(closed.signal)) {
      const room = raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!room) await drained(raw, closed.signal);
    }
  } finally {
    clearInterval(heartbeat);
    open -= 1;
    raw.end();
  }
}

async function drained(raw: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    raw.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
