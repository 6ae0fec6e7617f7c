// A worker thread of the analysis pool: analyses batches, one capture after the other, counting as it goes.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../core/error.ts';
import { analyze } from '../analyze.ts';
import { modelOf } from '../classify/model.ts';
import { compileSignatures } from '../signatures.ts';
import type { Analysis } from '../types.ts';
import {
  type FromWorker,
  type PackedCaptures,
  packAnalyses,
  type ToWorker,
  unpackCaptures,
  type WorkerStart,
} from './messages.ts';

const start = workerData as WorkerStart;
const progress = new Int32Array(start.progress);
const model = modelOf(start.model);
let signatures = compileSignatures(start.signatures);

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'signatures') {
    signatures = compileSignatures(message.signatures);
    return;
  }
  const reply = run(message);
  parentPort?.postMessage(reply, reply.type === 'done' ? [reply.words.buffer as ArrayBuffer] : []);
});

function run(packed: PackedCaptures): FromWorker {
  const analyses: Analysis[] = [];
  for (const [at, capture] of unpackCaptures(packed).entries()) {
    Atomics.store(progress, 0, at);
    try {
      analyses.push(analyze(capture, signatures, model));
    } catch (cause) {
      return { type: 'failed', at, message: messageOf(cause) };
    }
  }
  return packAnalyses(analyses);
}
