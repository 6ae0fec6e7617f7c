// What happens because time goes by: held alerts fall due, quiet warnings end, levels step down.
import { enqueueAlerts } from '../../alerts/enqueue.ts';
import { endQuiet } from '../../warning/end-quiet.ts';
import { scoreDue } from '../../warning/forecast-store.ts';
import { updateLevels } from '../../warning/level-store.ts';
import { lockWarnings } from '../../warning/lock.ts';
import { eventTimeBy, judgeSilence, loadClocks } from '../../warning/signals/record-signals.ts';
import type { Projected, ProjectParts } from './project.ts';

/** One transaction, like a batch without captures. */
export async function tick(parts: ProjectParts): Promise<Projected> {
  const now = parts.now();
  return await parts.db.transaction().execute(async (tx) => {
    await lockWarnings(tx); // nobody moves the clocks between here and what is written of them
    const clocks = await loadClocks(tx);
    const changes = await endQuiet(tx, eventTimeBy(clocks, now), undefined, parts.sizeOf);
    await enqueueAlerts(tx, parts.queue, changes, { now, redact: parts.redact });
    await judgeSilence(tx, clocks, now);
    await updateLevels(tx, now);
    await scoreDue(tx, now);
    return { analysed: [], changes, known: 0 };
  });
}
