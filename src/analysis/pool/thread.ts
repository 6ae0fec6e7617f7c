// One worker thread as the pool sees it: runs one batch at a time, and is killed when it stands still.
import { Worker } from 'node:worker_threads';
import type { Capture } from '../../core/capture.ts';
import { SundewError } from '../../core/error.ts';
import type { Analysis, ThreatSignature } from '../types.ts';
import { type FromWorker, packCaptures, type ToWorker, unpackAnalyses, type WorkerStart } from './messages.ts';

/** How a thread is started and how long one capture may take. */
export interface ThreadOptions {
  readonly entry: URL;
  readonly timeoutMs: number;
  /** File of the classifier's model. */
  readonly model: string | undefined;
}

const MAX_HEAP_MB = 512;
/** The counter before the thread has taken the batch up: it may still be starting on a busy machine. */
const NOT_BEGUN = -1;
const START_MS = 30_000;

/** A thread that lives until `close`, a crash or a capture that takes too long; then `alive` is false. */
export class Thread {
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #timeoutMs: number;
  #batch:
    | { readonly settle: (reply: FromWorker | SundewError) => void; readonly captures: readonly Capture[] }
    | undefined;
  #alive = true;

  constructor(signatures: readonly ThreatSignature[], { entry, timeoutMs, model }: ThreadOptions) {
    this.#timeoutMs = timeoutMs;
    const workerData: WorkerStart = { progress: this.#progress.buffer as SharedArrayBuffer, signatures, model };
    this.#worker = new Worker(entry, { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    this.#worker.on('message', (reply: FromWorker) => this.#batch?.settle(reply));
    this.#worker.on('error', (cause) => this.#end('crashed', cause));
    this.#worker.on('exit', () => this.#end('ended'));
    this.#worker.unref();
  }

  get alive(): boolean {
    return this.#alive;
  }

  setSignatures(signatures: readonly ThreatSignature[]): void {
    this.#post({ type: 'signatures', signatures });
  }

  /** @throws SundewError ANALYSIS_FAILED naming the capture that the thread was at */
  async run(captures: readonly Capture[]): Promise<Analysis[]> {
    Atomics.store(this.#progress, 0, NOT_BEGUN);
    const { promise, resolve } = Promise.withResolvers<FromWorker | SundewError>();
    this.#batch = { settle: resolve, captures };
    const watch = this.#watch();
    this.#worker.ref();
    try {
      if (!this.#alive) throw this.#failure(0, 'its thread had ended');
      this.#post(packCaptures(captures));
      const reply = await promise;
      if (reply instanceof SundewError) throw reply;
      if (reply.type === 'failed') throw this.#failure(reply.at, reply.message);
      return unpackAnalyses(reply);
    } finally {
      clearInterval(watch);
      this.#worker.unref();
      this.#batch = undefined;
    }
  }

  async close(): Promise<void> {
    this.#end('closed');
    await this.#worker.terminate();
  }

  // Standing still is measured by the counter, not by the whole batch, so that one slow capture is told by name.
  #watch(): NodeJS.Timeout {
    let [at, since] = [NOT_BEGUN, performance.now()];
    return setInterval(
      () => {
        const now = Atomics.load(this.#progress, 0);
        if (now !== at) [at, since] = [now, performance.now()];
        else if (performance.now() - since > (now === NOT_BEGUN ? START_MS : this.#timeoutMs)) {
          this.#end(`took over ${this.#timeoutMs} ms`);
          void this.#worker.terminate();
        }
      },
      Math.max(10, Math.min(250, this.#timeoutMs / 4)),
    );
  }

  #end(why: string, cause?: unknown): void {
    this.#alive = false;
    this.#batch?.settle(this.#failure(Math.max(0, Atomics.load(this.#progress, 0)), `the analysis ${why}`, cause));
  }

  #failure(at: number, why: string, cause?: unknown): SundewError {
    const id = this.#batch?.captures[at]?.id ?? '?';
    return new SundewError('ANALYSIS_FAILED', `capture ${id} could not be analysed: ${why}`, { cause });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
