// What happens because time goes by: held alerts fall due, quiet warnings end, levels step down.
import { enqueueAlerts } from '../../alerts/enqueue.ts';
import { endQuiet } from '../../warning/end-quiet.ts';
import { scoreDue } from '../../warning/forecast-store.ts';
import { updateLevels } from '../../warning/level-store.ts';
import { judgeSilence, loadEventTime } from '../../warning/signals/record-signals.ts';
import type { Projected, ProjectParts } from './project.ts';

/** One transaction, like a batch without captures. */
export async function tick(parts: ProjectParts): Promise<Projected> {
  const now = parts.now();
  return await parts.db.transaction().execute(async (tx) => {
    const time = await loadEventTime(tx, now);
    const changes = await endQuiet(tx, time, undefined, parts.sizeOf);
    await enqueueAlerts(tx, parts.queue, changes, { now, redact: parts.redact });
    await judgeSilence(tx, time, now);
    await updateLevels(tx, now);
    await scoreDue(tx, now);
    return { analysed: [], changes, known: 0 };
  });
}
