// Analysis on several cores: batches are cut into pieces, pieces go to idle threads, results come back in order.
import type { Capture } from '../../core/capture.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import { analyze } from '../analyze.ts';
import { type Model, modelOf } from '../classify/model.ts';
import { type CompiledSignatures, compileSignatures } from '../signatures.ts';
import type { Analysis, ThreatSignature } from '../types.ts';
import { Thread, type ThreadOptions } from './thread.ts';

export interface AnalysisPool extends AsyncDisposable {
  /**
   * Analyses in parallel; results stand in input order. One capture that cannot be analysed fails the batch.
   * @throws SundewError ANALYSIS_FAILED naming the capture
   */
  analyzeBatch(captures: readonly Capture[]): Promise<Analysis[]>;
  /** From the next piece on. */
  setSignatures(signatures: readonly ThreatSignature[]): void;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Threads; 0 analyses in the caller's. */
  readonly workers: number;
  readonly signatures: readonly ThreatSignature[];
  /** File of the classifier's model; the shipped one unless told. */
  readonly model?: string | undefined;
  /** The longest one capture may take; 5 s unless told. Inline analysis cannot be stopped. */
  readonly timeoutMs?: number;
  /** The worker's program; only tests give another. */
  readonly entry?: URL;
}

/** Captures in one piece: large enough that a thread does not wait for a busy caller between two, small enough to spread. */
const PIECE = 256;
const MAX_WORKERS = 64;

/** Opens a pool; threads start at once and are replaced when they crash or hang. */
export function openAnalysisPool(options: PoolOptions): AnalysisPool {
  return options.workers <= 0 ? inlinePool(options) : new ThreadPool(options);
}

function inlinePool(options: PoolOptions): AnalysisPool {
  let compiled = compileSignatures(options.signatures);
  const model = modelOf(options.model);
  const close = async (): Promise<void> => undefined;
  return {
    analyzeBatch: async (captures) => captures.map((capture) => analyzeInline(capture, compiled, model)),
    setSignatures: (signatures) => {
      compiled = compileSignatures(signatures);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function analyzeInline(capture: Capture, compiled: CompiledSignatures, model: Model): Analysis {
  try {
    return analyze(capture, compiled, model);
  } catch (cause) {
    throw new SundewError('ANALYSIS_FAILED', `capture ${capture.id} could not be analysed: ${messageOf(cause)}`, {
      cause,
    });
  }
}

class ThreadPool implements AnalysisPool {
  readonly #options: ThreadOptions;
  readonly #threads = new Set<Thread>();
  readonly #idle: Thread[] = [];
  readonly #waiting: ((thread: Thread | undefined) => void)[] = [];
  #signatures: readonly ThreatSignature[];
  #closed = false;

  constructor(options: PoolOptions) {
    const { workers, signatures, model, timeoutMs = 5000, entry = new URL('./worker.ts', import.meta.url) } = options;
    this.#signatures = signatures;
    this.#options = { entry, timeoutMs, model };
    for (let at = 0; at < Math.min(workers, MAX_WORKERS); at++) this.#idle.push(this.#start());
  }

  async analyzeBatch(captures: readonly Capture[]): Promise<Analysis[]> {
    const size = Math.max(1, Math.min(PIECE, Math.ceil(captures.length / Math.max(1, this.#threads.size))));
    const pieces: Promise<Analysis[]>[] = [];
    for (let at = 0; at < captures.length; at += size) pieces.push(this.#run(captures.slice(at, at + size)));
    const settled = await Promise.allSettled(pieces);
    for (const piece of settled) if (piece.status === 'rejected') throw piece.reason;
    return settled.flatMap((piece) => (piece.status === 'fulfilled' ? piece.value : []));
  }

  setSignatures(signatures: readonly ThreatSignature[]): void {
    this.#signatures = signatures;
    for (const thread of this.#threads) thread.setSignatures(signatures);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#waiting.splice(0)) wake(undefined);
    await Promise.all([...this.#threads].map((thread) => thread.close()));
    this.#threads.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #run(captures: readonly Capture[]): Promise<Analysis[]> {
    const thread = await this.#acquire();
    try {
      return await thread.run(captures);
    } finally {
      this.#release(thread);
    }
  }

  async #acquire(): Promise<Thread> {
    const idle = this.#closed ? undefined : (this.#idle.pop() ?? (await this.#next()));
    if (idle === undefined) throw new SundewError('ANALYSIS_FAILED', 'the analysis pool is closed');
    if (idle.alive) return idle;
    this.#threads.delete(idle);
    return this.#start();
  }

  #next(): Promise<Thread | undefined> {
    const { promise, resolve } = Promise.withResolvers<Thread | undefined>();
    this.#waiting.push(resolve);
    return promise;
  }

  #release(thread: Thread): void {
    if (this.#closed) return;
    let free = thread;
    if (!thread.alive) {
      this.#threads.delete(thread);
      free = this.#start();
    }
    const wake = this.#waiting.shift();
    if (wake === undefined) this.#idle.push(free);
    else wake(free);
  }

  #start(): Thread {
    const thread = new Thread(this.#signatures, this.#options);
    this.#threads.add(thread);
    return thread;
  }
}
