// The effective level of every decoy: the lowest of ceiling, network ceiling and approval, and `observe` once stopped.
// Anything unknown, unreadable or expired means `observe`.
import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Clock, Log } from '../../core/clock.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import type { Journal } from '../../core/journal.ts';
import type { Level } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';
import { writeDurably } from '../durable-file.ts';
import { Approval, approvedLevel, parseApprovals, whyInvalid } from './approvals.ts';
import { lower } from './rules.ts';

const APPROVALS_FILE = 'engagement.yaml';
const STOP_FILE = 'engagement.stopped';
/** The files are looked at again when a ruling finds its knowledge older than this. */
const FRESH_MS = 250;

export interface EngagementOptions {
  /** The data directory. */
  readonly dir: string;
  readonly ceiling: Level;
  readonly networks?: Partial<Readonly<Record<Network, Level>>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Where changes of level are recorded, when they are to be. */
  readonly journal?: Journal;
}

export interface Engagement {
  /** Effective level of a decoy at this moment. */
  level(of: { readonly network: Network; readonly decoy: string }): Level;
  readonly stopped: boolean;
  readonly ceiling: Level;
  /** Drops everything to `observe`, now and over restarts. */
  stop(reason: string, by: string): Promise<void>;
  /** Takes a stop back. */
  resume(reason: string, by: string): Promise<void>;
  /** Adds an approval. @throws SundewError CONFIG_INVALID when it does not hold */
  approve(approval: Approval): Promise<void>;
  /** All approvals, with why one does not hold. */
  approvals(): readonly { readonly approval: Approval; readonly problem?: string }[];
}

/** Opens the rules of engagement of a data directory. */
export function openEngagement(options: EngagementOptions): Engagement {
  return new FileEngagement(options);
}

class FileEngagement implements Engagement {
  readonly #options: EngagementOptions;
  readonly #approvalsPath: string;
  readonly #stopPath: string;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #seen = '';
  #approvals: readonly Approval[] = [];
  #stopped = true;
  /** A stop holds although its file could not be written. */
  #held = false;

  constructor(options: EngagementOptions) {
    this.#options = options;
    this.#approvalsPath = join(options.dir, APPROVALS_FILE);
    this.#stopPath = join(options.dir, STOP_FILE);
    this.#look();
  }

  get ceiling(): Level {
    return this.#options.ceiling;
  }

  get stopped(): boolean {
    this.#look();
    return this.#stopped;
  }

  level(of: { readonly network: Network; readonly decoy: string }): Level {
    this.#look();
    if (this.#stopped) return 'observe';
    const ceiling = lower(this.#options.ceiling, this.#options.networks?.[of.network] ?? this.#options.ceiling);
    return lower(ceiling, approvedLevel(this.#approvals, of, this.#options.clock.now()));
  }

  /** Someone may have written the files by hand, or another process. */
  #look(): void {
    const now = this.#options.clock.now().getTime();
    if (Math.abs(now - this.#checkedAt) < FRESH_MS) return;
    this.#checkedAt = now;
    this.#stopped = this.#held || statOf(this.#stopPath) !== 'absent';
    const seen = statOf(this.#approvalsPath);
    if (seen === this.#seen) return;
    this.#seen = seen;
    try {
      this.#approvals =
        seen === 'absent' ? [] : parseApprovals(readFileSync(this.#approvalsPath, 'utf8'), this.#approvalsPath);
    } catch (error) {
      this.#approvals = [];
      this.#options.log.error(
        { cause: messageOf(error) },
        'engagement: approvals cannot be read, so all is at observe',
      );
    }
  }

  #lookAgain(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
    this.#look();
  }

  async stop(reason: string, by: string): Promise<void> {
    this.#held = true;
    this.#stopped = true;
    const at = this.#options.clock.now().toISOString();
    await writeDurably(this.#stopPath, JSON.stringify({ at, reason, by }));
    this.#lookAgain();
    await this.#record({ event: 'stop', at, reason, by });
  }

  async resume(reason: string, by: string): Promise<void> {
    const at = this.#options.clock.now().toISOString();
    await this.#record({ event: 'resume', at, reason, by });
    await rm(this.#stopPath, { force: true });
    this.#held = false;
    this.#lookAgain();
  }

  async approve(approval: Approval): Promise<void> {
    const parsed = Approval.safeParse(approval);
    const [issue] = parsed.error?.issues ?? [];
    if (issue !== undefined)
      throw new SundewError('CONFIG_INVALID', `approval: ${issue.path.join('.')}: ${issue.message}`);
    const problem = whyInvalid(approval, this.#options.clock.now());
    if (problem !== undefined) throw new SundewError('CONFIG_INVALID', `the approval ${problem}`);
    this.#lookAgain();
    await this.#record({ event: 'approve', at: this.#options.clock.now().toISOString(), approval });
    await writeDurably(this.#approvalsPath, stringify({ approvals: [...this.#approvals, approval] }));
    this.#lookAgain();
  }

  approvals(): readonly { readonly approval: Approval; readonly problem?: string }[] {
    this.#look();
    return this.#approvals.map((approval) => {
      const problem = whyInvalid(approval, this.#options.clock.now());
      return { approval, ...(problem === undefined ? {} : { problem }) };
    });
  }

  async #record(event: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#options.journal?.append('engagement', Buffer.from(JSON.stringify(event), 'utf8'));
  }
}

/** What identifies a file's present content; `absent` only when it is certain that there is none. */
function statOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'absent' : 'unreadable';
  }
}
