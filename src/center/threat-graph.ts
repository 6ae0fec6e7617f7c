// An entry's neighbours and its course in time, as the public may see them.
import type { z } from 'zod';
import { namedThreats } from '../knowledge/indicator-lookup.ts';
import { relatedTo } from '../knowledge/relation-store.ts';
import { sightingsOfThreat } from '../knowledge/sighting-store.ts';
import type { StoredThreat } from '../knowledge/types.ts';
import type { Db } from '../storage/database.ts';
import { band } from '../warning/band.ts';
import type { ThreatGraph, Warning } from './api/contract.ts';

type Graph = z.infer<typeof ThreatGraph>;
type Node = Graph['nodes'][number];
type Shown = Pick<z.infer<typeof Warning>, 'id' | 'title' | 'at'>;

const MAX_EACH = 12;

/** The threat in the middle; entries, networks, techniques and warnings around it. */
export async function graphOf(db: Db, threat: StoredThreat, warnings: readonly Shown[]): Promise<Graph> {
  const { id, entry } = threat;
  const own = (entry.relations ?? []).map(({ kind, threat: to }) => ({ to, kind: kind as string }));
  const others = await relatedTo(db, threat);
  const edges = new Map([...others, ...own].map((one) => [one.to, one.kind]));
  const named = await namedThreats(db, [...edges.keys()]);
  const threats = named.filter(({ tlp, id: other }) => tlp === 'clear' && other !== id).slice(0, MAX_EACH);
  const nodes: Node[] = [
    { id, label: entry.name, kind: 'threat' },
    ...threats.map((one): Node => ({ id: one.id, label: one.name, kind: 'threat' })),
    ...entry.networks.slice(0, MAX_EACH).map((one): Node => ({ id: `network ${one}`, label: one, kind: 'network' })),
    ...entry.techniques
      .slice(0, MAX_EACH)
      .map((one): Node => ({ id: `technique ${one.id}`, label: `${one.id} ${one.name}`, kind: 'technique' })),
    ...warnings.slice(0, MAX_EACH).map((one): Node => ({ id: `warning ${one.id}`, label: one.title, kind: 'warning' })),
  ];
  const wordOf: Readonly<Record<Node['kind'], string>> = {
    threat: 'related to',
    network: 'on',
    technique: 'uses',
    warning: 'warned of in',
  };
  return {
    nodes,
    edges: nodes.slice(1).map((node) => ({ from: id, to: node.id, word: edges.get(node.id) ?? wordOf[node.kind] })),
    timeline: await timelineOf(db, threat, warnings),
  };
}

/** What happened when, oldest first: from the entry, the sightings (by month, in bands) and the warnings. */
async function timelineOf(db: Db, { id, entry }: StoredThreat, warnings: readonly Shown[]): Promise<Graph['timeline']> {
  const months = new Map<string, number>();
  for (const { day, captures } of await sightingsOfThreat(db, id)) {
    const month = day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + captures);
  }
  const course = [
    { at: entry.firstSeen, what: 'first seen' },
    ...(entry.lastSeen === undefined ? [] : [{ at: entry.lastSeen, what: 'last seen' }]),
    ...(entry.variants ?? []).flatMap(({ name, seen }) => (seen === undefined ? [] : [{ at: seen, what: name }])),
    ...(entry.timeline ?? []),
    ...[...months].map(([at, captures]) => ({ at, what: `${band(captures)} sightings at our decoys` })),
    ...warnings.map(({ at, title }) => ({ at, what: `warning: ${title}` })),
  ];
  return course.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, 200);
}
