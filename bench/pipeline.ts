// The pipeline measured (docs/benchmarks.md): `node bench/pipeline.ts [throughput|latency|memory …] [--captures=N]
// [--seconds=N]`. Real things only: embedded PostgreSQL with fsync, journal, threads, XMPP and SMTP on loopback.
import { parseArgs } from 'node:util';
import { latency } from './pipeline/latency.ts';
import { print } from './pipeline/print.ts';
import { throughput } from './pipeline/throughput.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { captures: { type: 'string', default: '40000' }, seconds: { type: 'string', default: '60' } },
});
const wanted = positionals.length > 0 ? positionals : ['throughput', 'latency', 'memory'];
print(`${new Date().toISOString()}, Node ${process.version}`);
if (wanted.includes('throughput')) await throughput(Number(values.captures));
const rates = wanted.includes('latency');
if (rates || wanted.includes('memory')) await latency(Number(values.seconds), rates);
process.exit(0);
