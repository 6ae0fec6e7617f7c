// Makes the database that a URL names when the server does not have it.
import pg from 'pg';
import { toStoreError } from '../store-error.ts';

const MAINTENANCE_DATABASE = 'postgres';
const DUPLICATE_DATABASE = '42P04';

/** Runs statements, one by one, in the server's maintenance database. @throws SundewError STORE_UNAVAILABLE, STORE_FULL */
export async function runOnServer(url: string, statements: readonly string[]): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = `/${MAINTENANCE_DATABASE}`;
  const client = new pg.Client({ connectionString: maintenance.href });
  client.on('error', () => undefined); // the statement in flight reports it
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await client.end().catch(() => undefined); // already gone
  }
}

/** Safe to call again. @returns whether it was made now */
export async function ensureDatabase(url: string): Promise<boolean> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  try {
    await runOnServer(url, [`create database ${pg.escapeIdentifier(name)}`]); // there is no "if not exists" for it
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === DUPLICATE_DATABASE)) throw error;
    return false;
  }
}
