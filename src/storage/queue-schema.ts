// How queues are made and how jobs left by a killed process are taken up again.

import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Realm } from '../core/network.ts';
import type { Db } from './database.ts';

/** The schema of a realm's jobs. */
export function queueSchemaOf(realm: Realm): string {
  return `queue_${realm}`;
}

export interface QueuePolicy {
  /** Tries after the first. */
  readonly retries: number;
  readonly firstPauseSeconds: number;
  /** The pause doubles, with jitter, up to this. */
  readonly maxPauseSeconds: number;
  /** A job running longer counts as failed. */
  readonly timeoutSeconds: number;
}

/** About a day of trying. */
export const QUEUE_DEFAULTS: QueuePolicy = {
  retries: 30,
  firstPauseSeconds: 2,
  maxPauseSeconds: 3600,
  timeoutSeconds: 300,
};

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

const KEEP_DONE_SECONDS = 3600;
const KEEP_WAITING_SECONDS = 30 * 86_400;
const KEEP_DEAD_SECONDS = 90 * 86_400;

/** Makes the queue and its dead-letter queue, or brings the policy of an existing one up to date. */
export async function createQueueTable(boss: PgBoss, name: string, policy: QueuePolicy): Promise<void> {
  const dead = deadName(name);
  await boss.createQueue(dead, { retryLimit: 0, retentionSeconds: KEEP_DEAD_SECONDS });
  const options = {
    notify: true,
    deadLetter: dead,
    retryLimit: policy.retries,
    retryDelay: policy.firstPauseSeconds,
    retryBackoff: true,
    retryDelayMax: policy.maxPauseSeconds,
    expireInSeconds: policy.timeoutSeconds,
    deleteAfterSeconds: KEEP_DONE_SECONDS,
    retentionSeconds: KEEP_WAITING_SECONDS,
  };
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options);
}

/** pg-boss would wait for the time-out of each. Its next fetch counts the lost attempt. */
export async function reclaimActive(db: Db, schema: string): Promise<void> {
  await sql`update ${sql.table(`${schema}.job`)} set state = 'retry', start_after = now()
    where state = 'active'`.execute(db);
}

/** Asked of the table: pg-boss's own figures are a minute old. */
export async function countJobs(db: Db, schema: string, name: string): Promise<QueueCounts> {
  const { rows } = await sql<QueueCounts>`select
      count(*) filter (where name = ${name} and state in ('created', 'retry')) as waiting,
      count(*) filter (where name = ${name} and state = 'active') as active,
      count(*) filter (where name = ${deadName(name)} and state = 'created') as dead
    from ${sql.table(`${schema}.job`)} where name in (${name}, ${deadName(name)})`.execute(db);
  return rows[0] ?? { waiting: 0, active: 0, dead: 0 };
}

/** Where the jobs of a queue go when nothing more is tried. */
export function deadName(name: string): string {
  return `${name}.dead`;
}
