// The program of the sandbox: one file after the other, each to its end or to the end of this process.
import './fence.ts';
import { messageOf } from '../../../core/error.ts';
import { LIMITS, type Limits } from '../budget.ts';
import { openYaraX, type RuleEngine } from '../rules/yara-x.ts';
import { triageBytes } from '../triage.ts';
import type { FromSandbox, ToSandbox } from './messages.ts';

let limits: Limits = LIMITS;
let engine: RuleEngine | undefined;

async function take(message: ToSandbox): Promise<FromSandbox> {
  if (message.type === 'start') {
    limits = message.limits;
    const opened = await openYaraX(message.rules);
    engine = opened.engine;
    return { type: 'ready', engine: engine?.name, problems: opened.problems };
  }
  const { bytes, claim } = message;
  const tools = { nowMs: () => performance.now(), ...(engine === undefined ? {} : { scan: engine.scan }) };
  return { type: 'report', report: await triageBytes(bytes, claim, tools, limits) };
}

process.on('message', (message: ToSandbox) => {
  take(message)
    .catch((error: unknown): FromSandbox => ({ type: 'failed', message: messageOf(error) }))
    .then((answer) => process.send?.(answer))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
