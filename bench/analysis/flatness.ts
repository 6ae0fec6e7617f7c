// Whether a message costs the same however many came before it: analysis and clustering of one thread, a window of
// messages timed with 10⁴, 10⁵ … behind it, and what the process holds then.
import { analyze } from '../../src/analysis/analyze.ts';
import { createClusterer } from '../../src/analysis/cluster/clusterer.ts';
import type { CompiledSignatures } from '../../src/analysis/signatures.ts';
import { memoryOf } from '../pipeline/machine.ts';
import { print, whole } from '../pipeline/print.ts';
import { endlessTraffic } from './traffic.ts';

const WINDOW = 5_000;

/** @param most messages, the last of the powers of ten that are measured */
export function measureFlatness(most: number, signatures: CompiledSignatures): void {
  const next = endlessTraffic(1);
  const clusterer = createClusterer();
  let first: number | undefined;
  print();
  print(`flatness: analyse and cluster, one thread, up to ${whole(most)} messages behind a window of ${whole(WINDOW)}`);
  for (let done = 0, power = 10_000; power <= most; power *= 10) {
    for (; done < power; done++) take(done);
    const captures = Array.from({ length: WINDOW }, (_value, at) => next(done + at));
    const before = process.cpuUsage();
    const split = { analyse: 0, cluster: 0 };
    for (const capture of captures) {
      const started = performance.now();
      const analysis = analyze(capture, signatures);
      const between = performance.now();
      clusterer.assign(capture, analysis);
      split.analyse += between - started;
      split.cluster += performance.now() - between;
    }
    const { user, system } = process.cpuUsage(before);
    done += WINDOW;
    const each = (user + system) / WINDOW;
    first ??= each;
    globalThis.gc?.();
    print(
      `  ${whole(power).padStart(10)} behind: ${each.toFixed(1)} µs of processor a message (${(each / first).toFixed(2)} of the first), ` +
        `clustering ${((split.cluster / WINDOW) * 1000).toFixed(1)} µs; ${whole(clusterer.size)} campaigns; ` +
        `${whole(memoryOf(process.pid))} MB resident`,
    );
  }

  function take(at: number): void {
    const capture = next(at);
    clusterer.assign(capture, analyze(capture, signatures));
  }
}
