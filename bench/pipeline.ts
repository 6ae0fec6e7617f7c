// The pipeline measured (docs/benchmarks.md): `node bench/pipeline.ts [throughput|latency|memory …] [--captures=N]
// [--seconds=N]`. Real things only: embedded PostgreSQL with fsync, journal, threads, XMPP and SMTP on loopback.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { latency } from './pipeline/latency.ts';
import { print } from './pipeline/print.ts';
import { throughput } from './pipeline/throughput.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { captures: { type: 'string', default: '40000' }, seconds: { type: 'string', default: '60' } },
});
const wanted = positionals.length > 0 ? positionals : ['throughput', 'latency', 'memory'];
sayWhereAndWhen();
if (wanted.includes('throughput')) await throughput(Number(values.captures));
sayWhereAndWhen();
const rates = wanted.includes('latency');
if (rates || wanted.includes('memory')) await latency(Number(values.seconds), rates);
sayWhereAndWhen();
process.exit(0);

/** A machine that is busy with other things makes every figure worse: it is said beside them. */
function sayWhereAndWhen(): void {
  const [load = 0] = loadavg();
  const machine = `${availableParallelism()} cores, load ${load.toFixed(1)}`;
  print(`-- ${new Date().toISOString()}, Node ${process.version}, ${machine}`);
}
