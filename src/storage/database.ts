// One pool of connections for one realm. SQL never names a schema: the connections carry the search path.
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely';
import pg from 'pg';
import { isSundewError, SundewError } from '../core/error.ts';
import type { Realm } from '../core/network.ts';
import { PG_TYPES } from './pg-types.ts';
import { toStoreError } from './store-error.ts';
import type { Tables } from './tables/index.ts';

/** What store functions take: the database or a transaction of it. */
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly url: string;
  readonly realm: Realm;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/name`, or `…/name?host=/directory/of/the/socket`. */
  readonly url: string;
  readonly realm: Realm;
  /** Connections at most; 10 unless told. */
  readonly max?: number;
}

const DEFAULT_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens lazily: the first statement connects, and a database that went away is connected to again by the next statement.
 * Statements throw SundewError STORE_UNAVAILABLE while it is away and STORE_FULL when its disk is full.
 * @throws SundewError CONFIG_INVALID when the URL is none
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: withSearchPath(options.url, options.realm),
    max: options.max ?? DEFAULT_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: PG_TYPES,
    application_name: `sundew ${options.realm}`,
  });
  surviveLostConnections(pool);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: translatingPool(pool) }) });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= db.destroy().then(() => (pool.ended ? undefined : pool.end()));
    return closed;
  };
  return { db, url: options.url, realm: options.realm, close, [Symbol.asyncDispose]: close };
}

/** The URL with `search_path` among its start-up options. @throws SundewError CONFIG_INVALID */
export function withSearchPath(url: string, realm: Realm): string {
  const parsed = parseDatabaseUrl(url);
  const given = parsed.searchParams.get('options');
  parsed.searchParams.set('options', `${given === null ? '' : `${given} `}-c search_path=${realm},public`);
  return parsed.href.replaceAll('+', '%20'); // libpq's form: a plus is a plus
}

/** @throws SundewError CONFIG_INVALID; the message never holds the URL, which may hold a password */
export function parseDatabaseUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new SundewError(
      'CONFIG_INVALID',
      'database.url is not of the form postgresql://user:password@host:port/name',
    );
  }
  return parsed;
}

/** A connection that breaks emits `error` also while it is checked out; unheard, that would end the process. */
function surviveLostConnections(pool: pg.Pool): void {
  const heard = (): void => undefined; // the statement in flight, or the next one, reports it
  pool.on('error', heard);
  pool.on('connect', (client) => client.on('error', heard));
}

/** The part of `pg` that Kysely uses, with errors told as ours. */
function translatingPool(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw toStoreError(error);
      });
      const known = wrapped.get(client) ?? translatingClient(client);
      wrapped.set(client, known);
      return known;
    },
  };
}

/** A connection that failed once is not lent again: it may be closing, which only its next statement would tell. */
function translatingClient(client: pg.PoolClient): PostgresPoolClient {
  let lost = false;
  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      const told = toStoreError(error);
      lost ||= isSundewError(told, 'STORE_UNAVAILABLE');
      throw told;
    }
  };
  return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(lost || destroy) };
}
