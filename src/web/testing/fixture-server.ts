// Serves the built web as strictly as the center does, over an API of made-up answers. For the browser test only.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import * as center from './fixture-console.ts';
import * as data from './fixture-data.ts';
import * as knowledge from './fixture-knowledge.ts';
import * as report from './fixture-report.ts';
import * as retractions from './fixture-retractions.ts';

/** What the center sends at most as strict; the pages must hold under it. */
const CSP = "default-src 'self'; style-src 'self'; img-src 'self' data:";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface FixtureServer extends AsyncDisposable {
  readonly url: string;
  /** What was posted, put or deleted: method and path. */
  readonly writes: readonly string[];
  /** The body of the last of them. */
  readonly lastBody: unknown;
  signedIn: boolean;
  /** Sends an event on every open stream. */
  emit(type: string, payload: unknown): void;
  /** Breaks every open stream, and refuses new ones while `refuse`. */
  breakStreams(refuse: boolean): void;
}

type Answer = readonly [status: number, body: unknown];
const REFUSED: Answer = [400, { error: { code: 'INPUT_INVALID', message: 'This is the sentence of the server.' } }];

function readAnswer(path: string): Answer {
  const plain: Readonly<Record<string, unknown>> = {
    board: data.board(),
    river: data.river,
    warnings: { warnings: data.warnings, next: 'older' },
    threats: knowledge.threats,
    'console/threats': knowledge.entries,
    'under-review': knowledge.underReview,
    drafts: { drafts: [knowledge.draft], total: 1 },
    'knowledge/suggestions': knowledge.suggestions,
    forecasts: data.forecasts,
    reports: report.reportPeriods,
    'reports/2026-Q3': report.report,
    'demo/mailbox': data.mailbox,
    'console/warnings': { warnings: [data.warnings[0], { ...data.warnings[1], ...retractions.mark }] },
    'console/signals': center.signals,
    retractions: retractions.list,
    'retractions/entries': retractions.resting,
    appeals: retractions.appeals,
    me: center.me,
    status: center.status,
    captures: center.captures,
    campaigns: { campaigns: [center.campaign], total: 1 },
    decoys: center.decoys,
    'settings/mail': center.mailState,
    'settings/im': center.imState,
    'settings/forecast': data.services,
    subscribers: center.subscribers,
    'console/bulletins': center.bulletins,
    'dead-letters': center.deadLetters,
    'engagement/ledger': center.ledger,
    users: { users: [center.me] },
  };
  if (path in plain) return [200, plain[path]];
  const [kind, id] = path.split('/');
  if (kind === 'warnings') {
    const found = data.warnings.find((warning) => warning.id === id);
    return found === undefined
      ? [404, { error: { code: 'NOT_FOUND', message: 'No warning has this id.' } }]
      : [200, found];
  }
  if (path.startsWith('console/warnings/')) return [200, data.exactWarning()];
  if (kind === 'threats' && path.endsWith('/graph')) return [200, knowledge.graph];
  if (kind === 'threats' && path.endsWith('/diff')) return [200, knowledge.diff];
  if (kind === 'threats') return [200, knowledge.threat(7)];
  if (kind === 'drafts') return [200, knowledge.draft];
  if (kind === 'captures') return [200, center.captureDetail];
  if (kind === 'campaigns') return [200, center.campaign];
  return [404, { error: { code: 'NOT_FOUND', message: 'Nothing here.' } }];
}

const WRONG: Answer = [
  400,
  {
    error: {
      ...{ code: 'INPUT_INVALID', message: 'entry.name: is empty' },
      fields: [
        { at: 'entry.name', message: 'is empty' },
        { at: 'entry.steps.1', message: 'says nothing' },
      ],
    },
  },
];

function writeAnswer(method: string, path: string, body: unknown): Answer {
  if (path.startsWith('settings/forecast/')) return [200, data.services];
  if (path === 'subscribers/kinds') return [200, { kinds: ['warnings', 'monthly'] }];
  if (path === 'lookup') return [200, knowledge.lookup];
  if (path === 'decoys/check')
    return [200, { ok: false, sentence: 'xmpp.example: the password is wrong.', code: 'DECOY_LOGIN_REFUSED' }];
  if (method === 'PUT' && path.startsWith('threats/')) {
    if (JSON.stringify(body).includes('"name":""')) return WRONG;
    return [409, { error: { code: 'THREAT_CONFLICT', message: 'Revision 8 is there already.' } }];
  }
  return path === 'setup' ? REFUSED : [200, { message: 'Done as you asked.' }];
}

/** Starts on a free port of this machine, over the folder that the web was built to. */
export async function startFixtureServer(webDir: string): Promise<FixtureServer> {
  const writes: string[] = [];
  const streams = new Set<ServerResponse>();
  const state = { signedIn: true, refuse: false, lastBody: undefined as unknown };
  const answer = (request: IncomingMessage, response: ServerResponse, path: string): void => {
    if (path === 'stream' || path === 'console/stream') {
      if (state.refuse) {
        send(response, [503, {}]);
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (request.method === 'GET') {
      const locked = path === 'me' && !state.signedIn;
      send(response, locked ? [401, { error: { code: 'NOT_ALLOWED', message: 'sign in first' } }] : readAnswer(path));
      return;
    }
    void json(request)
      .catch(() => undefined) // some writes have no body
      .then((body) => {
        state.lastBody = body;
        writes.push(`${request.method} ${path}`);
        send(response, writeAnswer(request.method ?? 'POST', path, body));
      });
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://fixture');
    response.setHeader('content-security-policy', CSP);
    if (pathname.startsWith('/api/auth/')) {
      state.signedIn = pathname.includes('sign-in');
      send(response, [200, {}]);
    } else if (pathname.startsWith('/api/v1/')) answer(request, response, pathname.slice('/api/v1/'.length));
    else void sendFile(response, webDir, pathname);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    writes,
    get lastBody() {
      return state.lastBody;
    },
    get signedIn() {
      return state.signedIn;
    },
    set signedIn(value) {
      state.signedIn = value;
    },
    emit: (type, payload) => {
      for (const stream of streams) stream.write(`event: ${type}\ndata: ${JSON.stringify(payload)}\n\n`);
    },
    breakStreams: (refuse) => {
      state.refuse = refuse;
      for (const stream of streams) stream.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function sendFile(response: ServerResponse, webDir: string, path: string): Promise<void> {
  const file = extname(path) === '' || path.includes('..') ? 'index.html' : path;
  try {
    const body = await readFile(join(webDir, file));
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
  } catch {
    // Not built, or no such file.
    response.writeHead(404).end();
  }
}
