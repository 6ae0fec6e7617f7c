// The command's side of the control socket: requests to the running Sundew, or to one opened for this command alone.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { SundewError } from '../core/error.ts';

export interface ControlClient {
  /** JSON in, JSON out. @throws SundewError with the code and sentence that the server gave */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Sends a stream and yields the NDJSON lines of the answer as they come. */
  stream(path: string, body: Readable, type: string): AsyncIterable<Readonly<Record<string, unknown>>>;
}

/** Talks HTTP over a Unix socket. */
export function controlClient(socketPath: string): ControlClient {
  return {
    call: async <T>(method: string, path: string, body?: unknown) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const answer = await send(
        socketPath,
        method,
        path,
        text === undefined ? {} : { 'content-type': 'application/json' },
        (request) => request.end(text),
      );
      const json = await readAll(answer);
      if ((answer.statusCode ?? 500) >= 400) throw failureOf(json, answer.statusCode);
      return (json === '' ? undefined : JSON.parse(json)) as T;
    },
    async *stream(path, body, type) {
      const answer = await send(
        socketPath,
        'POST',
        path,
        { 'content-type': type, 'transfer-encoding': 'chunked' },
        (request) => {
          body.on('error', (error) => request.destroy(error));
          body.pipe(request);
        },
      );
      if ((answer.statusCode ?? 500) >= 400) throw failureOf(await readAll(answer), answer.statusCode);
      let rest = '';
      answer.setEncoding('utf8');
      try {
        for await (const chunk of answer) {
          const lines = (rest + String(chunk)).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) yield JSON.parse(line) as Record<string, unknown>;
        }
      } catch (cause) {
        const what = 'the running Sundew ended before it was done: start it and call this command again';
        throw new SundewError('CONTROL_UNREACHABLE', what, { cause });
      }
    },
  };
}

function send(
  socketPath: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  write: (request: ReturnType<typeof httpRequest>) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath, method, path, headers }, resolve);
    request.on('error', (cause) =>
      reject(
        new SundewError(
          'CONTROL_UNREACHABLE',
          `the running Sundew does not answer on ${socketPath}: ${cause.message}`,
          { cause },
        ),
      ),
    );
    write(request);
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

function failureOf(text: string, status: number | undefined): SundewError {
  try {
    const { error } = JSON.parse(text) as { error: Pick<SundewError, 'code' | 'message'> & Partial<SundewError> };
    return new SundewError(error.code, error.message, { fields: error.fields ?? [] });
  } catch (cause) {
    return new SundewError('CONTROL_UNREACHABLE', `the running Sundew answered with status ${status}`, { cause });
  }
}
