// The river's state: touches and warnings in one line of time, newest first. Pure, so that it can be tested.
import type { Touch, Warning } from '../../api/types.ts';

/** Entries kept; older ones fall off the end. */
export const MAX_RIVER = 200;

export type RiverEntry =
  | { readonly kind: 'touch'; readonly id: string; readonly at: string; readonly touch: Touch }
  | { readonly kind: 'warning'; readonly id: string; readonly at: string; readonly warning: Warning };

export const touchEntry = (touch: Touch): RiverEntry => ({ kind: 'touch', id: `t:${touch.id}`, at: touch.at, touch });
export const warningEntry = (warning: Warning): RiverEntry => ({
  kind: 'warning',
  id: `w:${warning.id}`,
  at: warning.updatedAt,
  warning,
});

export interface RiverState {
  readonly shown: readonly RiverEntry[];
  /** What came while paused; not shown yet. */
  readonly held: readonly RiverEntry[];
}
export const EMPTY_RIVER: RiverState = { shown: [], held: [] };

/** Takes in entries. An entry that is there already is replaced (a warning's newer revision moves up). */
export function pour(state: RiverState, entries: readonly RiverEntry[], paused: boolean): RiverState {
  if (entries.length === 0) return state;
  if (!paused) return { shown: merge([...state.shown, ...state.held], entries), held: [] };
  const known = new Map(state.shown.map((entry) => [entry.id, entry]));
  const fresh = entries.filter((entry) => isNewer(entry, known.get(entry.id)));
  return { shown: state.shown, held: merge(state.held, fresh) };
}

/** Takes out a warning and the touches that belong to it; what may still be shown of them comes anew. */
export function without(state: RiverState, warning: string): RiverState {
  const keeps = (entry: RiverEntry): boolean =>
    entry.kind === 'warning' ? entry.warning.id !== warning : entry.touch.warning !== warning;
  return { shown: state.shown.filter(keeps), held: state.held.filter(keeps) };
}

/** Lets what was held flow. */
export function resume(state: RiverState): RiverState {
  return state.held.length === 0 ? state : { shown: merge(state.shown, state.held), held: [] };
}

function merge(old: readonly RiverEntry[], fresh: readonly RiverEntry[]): readonly RiverEntry[] {
  const byId = new Map(old.map((entry) => [entry.id, entry]));
  for (const entry of fresh) if (isNewer(entry, byId.get(entry.id))) byId.set(entry.id, entry);
  return [...byId.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, MAX_RIVER);
}

function isNewer(entry: RiverEntry, known: RiverEntry | undefined): boolean {
  if (known === undefined) return true;
  if (entry.kind === 'warning' && known.kind === 'warning') return entry.warning.revision > known.warning.revision;
  return (
    entry.kind === 'touch' && known.kind === 'touch' && known.touch.text === undefined && entry.touch.text !== undefined
  );
}
