// The HTTP server: strict headers, schemas that validate and document, the API, the web's files.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Log } from '../../core/clock.ts';
import { ApiError } from '../api/contract.ts';
import { installErrors } from './errors.ts';
import { isControl } from './identity.ts';

/** The folder that the web is built to. */
export const WEB_DIR = fileURLToPath(new URL('../../../dist/web', import.meta.url));

const BODY_LIMIT = 256 * 1024;
/** Until the whole request is there: nobody holds a connection by sending slowly. */
const REQUEST_TIMEOUT_MS = 300_000;

export type App = ReturnType<typeof withZod>;
const withZod = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>();

export interface ServerOptions {
  readonly log: Log;
  readonly version: string;
  /** The folder that the web was built to. */
  readonly webDir: string;
  /** Take the client's address from X-Forwarded-For of these proxies. */
  readonly trustProxy: boolean | string;
}

/** A server with everything but the routes. */
export async function createServer({ log, version, webDir, trustProxy }: ServerOptions): Promise<App> {
  const app = withZod(
    Fastify({
      logger: false,
      trustProxy,
      bodyLimit: BODY_LIMIT,
      requestTimeout: REQUEST_TIMEOUT_MS,
      forceCloseConnections: true,
    }),
  );
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installErrors(app, log);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false, // the proxy that ends TLS says so; on loopback it would be wrong
  });
  await app.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: '1 minute',
    // A page is twenty files: they are cached for good, and many readers may share one address.
    allowList: (request) => isControl(request) || request.url.startsWith('/assets/'),
    keyGenerator: (request) => request.ip ?? 'control', // a Unix socket has no address
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sundew', version, description: 'Threat centre for instant messaging and peer-to-peer networks.' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1/')) return;
    const schema = route.schema ?? {};
    route.schema = {
      ...schema,
      response: { ...(schema.response as object | undefined), '4xx': ApiError, '5xx': ApiError },
    };
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await serveWeb(app, webDir);
  return app;
}

/** The web's files; every other address of a browser is the single page's business. */
async function serveWeb(app: App, webDir: string): Promise<void> {
  const index = join(webDir, 'index.html');
  const page = existsSync(index) ? await readFile(index, 'utf8') : undefined;
  if (page !== undefined) {
    await app.register(serveStatic, {
      root: webDir,
      index: false,
      wildcard: false,
      maxAge: '1y',
      immutable: true,
      preCompressed: true,
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://sundew');
    const wantsPage = request.method === 'GET' && !/^[/](api|taxii2|feeds|assets)[/]/.test(pathname);
    if (!wantsPage)
      return reply.code(404).send({ error: { code: 'NOT_FOUND', message: `there is nothing at ${pathname}` } });
    if (page === undefined) {
      return reply
        .code(503)
        .type('text/plain')
        .send('The web pages are not built: run `npm install` (or `npm run prepare`) and start again.\n');
    }
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}
