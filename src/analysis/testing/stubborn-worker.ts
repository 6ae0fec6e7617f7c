// A worker for the pool's tests: hangs or dies at captures whose text says so, else answers through the real analysis.
import { parentPort, workerData } from 'node:worker_threads';
import { analyze } from '../analyze.ts';
import { type FromWorker, packAnalyses, type ToWorker, unpackCaptures, type WorkerStart } from '../pool/messages.ts';
import { compileSignatures } from '../signatures.ts';

const { progress, signatures } = workerData as WorkerStart;
const counter = new Int32Array(progress);
const compiled = compileSignatures(signatures);

parentPort?.on('message', (message: ToWorker) => {
  if (message.type !== 'batch') return;
  const analyses = unpackCaptures(message).map((capture, at) => {
    Atomics.store(counter, 0, at);
    if (capture.text === 'die') process.exit(3);
    while (capture.text === 'hang') Atomics.load(counter, 0);
    return analyze(capture, compiled);
  });
  const reply: FromWorker = packAnalyses(analyses);
  parentPort?.postMessage(reply, [reply.words.buffer as ArrayBuffer]);
});
