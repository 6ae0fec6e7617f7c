// The outcome as a table, and in a few lines.
import { table } from '../../src/cli/command.ts';
import { print, quantile } from '../pipeline/print.ts';
import type { Family, History } from './families.ts';
import type { Outcome } from './judge.ts';
import { isHeld } from './play.ts';

const CHANNELS = [
  ['mail', (one: Outcome) => one.told?.mailedS],
  ['XMPP', (one: Outcome) => one.told?.heardS],
] as const;
const HEAD = ['FAMILY', 'CAME ON', 'PLAYED ON', 'RECOGNISED AS', 'WARNED', 'WARNED S', 'MAIL S', 'XMPP S', ''];

export function printOutcomes(outcomes: readonly Outcome[], { silent }: Pick<History, 'silent'>): void {
  print(table(HEAD, outcomes.map(rowOf), ''));
  const harmful = outcomes.filter(({ family }) => !family.harmless);
  const missed = outcomes.filter((one) => one.missed);
  print();
  print(`${harmful.length} families, ${harmful.reduce((sum, { touches }) => sum + touches, 0)} touches`);
  print(
    `recognised ${harmful.filter((one) => one.recognised).length}, by name ${count(harmful, ({ named }) => named)}`,
  );
  print(
    `warned of ${count(harmful, ({ told }) => told !== undefined)}, ${spread(harmful, (one) => one.told?.warnedS)}`,
  );
  const first = harmful.filter((one) => one.told !== undefined && one.with.length === 0);
  for (const [channel, of] of CHANNELS) {
    const ways = [
      ['at once', first.filter((one) => one.told !== undefined && !isHeld(one.told.warning))],
      ['below high, so after five minutes', first.filter((one) => one.told !== undefined && isHeld(one.told.warning))],
    ] as const;
    for (const [how, some] of ways)
      print(`told by ${channel} ${how}: ${count(some, (one) => of(one) !== undefined)}, ${spread(some, of)}`);
  }
  print(`not warned of, or in one warning with another family: ${harmful.length - first.length}`);
  const untold = [...silent].map(([type, entries]) => `${entries} ${type}`).join(', ');
  print(`not played, since no source says what it sent, or nothing is sent to a stranger: ${untold}`);
  print(missed.length === 0 ? 'none missed' : `missed: ${missed.map(({ family }) => family.id).join(', ')}`);
}

function rowOf({
  family,
  classes,
  named,
  recognised,
  told,
  with: others,
  touches,
  captured,
  missed,
}: Outcome): string[] {
  const remarks = [
    ...(missed ? ['MISSED'] : []),
    ...(captured < touches ? [`${captured} of ${touches} captured`] : []),
    ...(others.length === 0 ? [] : [`same warning as ${others.join(', ')}`]),
  ];
  const kind = told === undefined ? (family.harmless && !missed ? 'no, rightly' : 'no') : told.warning.kind;
  return [
    family.id,
    family.networks.join(' '),
    `${family.stage}${family.standsIn ? ' (stands in)' : ''}`,
    recognised ? `${classes.join(' ')}${named ? ', by name' : ''}` : `not: ${classes.join(' ')}`,
    told === undefined ? kind : `${kind}, ${told.warning.severity}`,
    ...[told?.warnedS, told?.mailedS, told?.heardS].map(secondsOf),
    remarks.join('; '),
  ];
}

const secondsOf = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(1));

const count = (outcomes: readonly Outcome[], fits: (one: Outcome) => boolean): number => outcomes.filter(fits).length;

function spread(outcomes: readonly Outcome[], of: (one: Outcome) => number | undefined): string {
  const sorted = outcomes.flatMap((one) => of(one) ?? []).toSorted((a, b) => a - b);
  if (sorted.length === 0) return 'never';
  return `median ${secondsOf(quantile(sorted, 0.5))} s, worst ${secondsOf(sorted.at(-1))} s from the first touch`;
}

/** Families by id, in the order of the knowledge base. @throws RangeError when one is not there */
export function chosen({ families }: History, ids: readonly string[]): readonly Family[] {
  const unknown = ids.filter((id) => !families.some((family) => family.id === id));
  if (unknown.length > 0) throw new RangeError(`no family with a lure: ${unknown.join(', ')}`);
  return ids.length === 0 ? families : families.filter(({ id }) => ids.includes(id));
}
