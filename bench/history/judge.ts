// What became of each family: recognised as what it was, warned of, told; and how long each took from its first touch.
import type { Family } from './families.ts';
import { isHeld, isOf, type Seen, type Sent, type Warning } from './play.ts';

/** Of one warning, s from the first touch of the lure; `undefined`: it has not come. */
interface Told {
  readonly warning: Warning;
  readonly warnedS: number | undefined;
  readonly mailedS: number | undefined;
  readonly heardS: number | undefined;
}

export interface Outcome {
  readonly family: Family;
  readonly touches: number;
  readonly captured: number;
  /** Whether every capture has a class that the lure may be called, and, where it can be told by name, the threat's. */
  readonly recognised: boolean;
  /** What the captures were called, most often first, and whether by the family's own name. */
  readonly classes: readonly string[];
  readonly named: boolean;
  /** The first that came of its lures. */
  readonly told: Told | undefined;
  /** Ids of other families that the same warning tells of. */
  readonly with: readonly string[];
  readonly missed: boolean;
}

/** One outcome a family, in the order of the families. @param held whether alerts that wait were waited for */
export function judge(families: readonly Family[], seen: Seen, held: boolean): readonly Outcome[] {
  return families.map((family) => outcomeOf(family, families, seen, held));
}

const wasTold = ({ mailedS, heardS }: Told): boolean => mailedS !== undefined && heardS !== undefined;

function outcomeOf(family: Family, families: readonly Family[], seen: Seen, held: boolean): Outcome {
  const sent = seen.sent.filter((one) => one.family === family.id);
  const parts = sent.map((one) => ({ one, captures: seen.captures.filter((capture) => isOf(one, capture)) }));
  const captures = parts.flatMap((part) => part.captures);
  const recognised = parts.every(
    ({ one: { lure }, captures: own }) =>
      own.length > 0 &&
      own.every((capture) => lure.classes.includes(capture.class)) &&
      (!lure.named || own.every(({ threats }) => threats.includes(family.id))),
  );
  const told = family.harmless ? undefined : parts.flatMap((part) => toldOf(part.one, part.captures, seen) ?? [])[0];
  const counted = Map.groupBy(captures, (capture) => capture.class);
  const touches = sent.reduce((sum, { senders }) => sum + senders.length, 0);
  const warned = captures.some(({ campaign }) => warningOf(campaign, seen) !== undefined);
  const well = family.harmless ? !warned : told !== undefined && (wasTold(told) || (!held && isHeld(told.warning)));
  return {
    ...{ family, touches, recognised, told },
    captured: captures.length,
    classes: [...counted].toSorted((a, b) => b[1].length - a[1].length).map(([name]) => name),
    named: captures.some(({ threats }) => threats.includes(family.id)),
    with: told === undefined ? [] : othersIn(told.warning, family, families, seen),
    missed: !well || !recognised || captures.length < touches,
  };
}

function warningOf(campaign: string | undefined, { warnings }: Seen): Warning | undefined {
  return campaign === undefined ? undefined : warnings.find((warning) => warning.campaign === campaign);
}

function toldOf(sent: Sent, captures: Seen['captures'], seen: Seen): Told | undefined {
  const warning = captures.map(({ campaign }) => warningOf(campaign, seen)).find((one) => one !== undefined);
  if (warning === undefined) return undefined;
  const since = (times: ReadonlyMap<string, number>): number | undefined => {
    const at = times.get(warning.id);
    return at === undefined ? undefined : Math.max(0, at - sent.firstMs) / 1_000;
  };
  return { warning, warnedS: since(seen.warnedMs), mailedS: since(seen.mailedMs), heardS: since(seen.heardMs) };
}

function othersIn(warning: Warning, family: Family, families: readonly Family[], seen: Seen): readonly string[] {
  const captures = seen.captures.filter(({ campaign }) => campaign === warning.campaign);
  const ids = new Set(seen.sent.flatMap((one) => (captures.some((capture) => isOf(one, capture)) ? [one.family] : [])));
  return families.flatMap(({ id }) => (id !== family.id && ids.has(id) ? [id] : []));
}
