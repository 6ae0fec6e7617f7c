// Whether captures of one campaign are put together, and those of two kept apart: online, as verdicts are printed.
import { generateCampaigns } from '../campaigns/generate.ts';
import { byExactMask, byMinHash } from '../campaigns/rivals.ts';
import { fitOf, type Item, itemsOf, linesOf, ourClusters } from '../campaigns/set.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';

/** Seeds that no weight was tuned on. */
const HELD_OUT_SEEDS = [101, 102, 103, 104, 105, 106, 107, 108];
const GENERATED_CAMPAIGNS = 40;

export const campaignsMild: EvalPart = {
  name: 'campaigns-mild',
  title:
    '60 campaigns with changing words, hosts, look-alikes and dropped words, among as many harmless lines; pairwise',
  run: async () => {
    const items = itemsOf(linesOf('campaigns-mild'));
    const { figures } = oursOn(items, 'F1', 0.995);
    return [...figures, ...rivalsOn(items)];
  },
};

export const campaignsSpintax: EvalPart = {
  name: 'campaigns-spintax',
  title:
    'every phrase drawn from a few, phrases shared between campaigns, changing hosts; pairwise; then campaigns made by seed from other banks and languages',
  run: async () => {
    const items = itemsOf(linesOf('campaigns-spintax'));
    const { figures } = oursOn(items, 'F1', 0.7);
    const harmless = items.filter(({ campaign }) => campaign === '').map(({ text }) => text);
    const held = HELD_OUT_SEEDS.map((seed) => itemsOf(generateCampaigns(seed, GENERATED_CAMPAIGNS, harmless)));
    const fits = held.map((one) => fitOf(one, ourClusters(one).ids));
    const others = held.map((one) => fitOf(one, byMinHash(one)));
    return [
      ...figures,
      ...rivalsOn(items),
      atLeast(`generated, ${held.length} seeds: mean F1`, mean(fits.map(({ f1 }) => f1)), 0.7),
      { metric: 'generated: lowest F1', value: Math.min(...fits.map(({ f1 }) => f1)) },
      atMost('generated: harmless lines in campaigns', sum(fits.map(({ mixed }) => mixed)), 0, 'count'),
      { metric: 'generated: mean F1', value: mean(others.map(({ f1 }) => f1)), rival: 'MinHash 48, J ≥ 0.5' },
    ];
  },
};

function oursOn(items: readonly Item[], metric: string, goal: number): { readonly figures: readonly Figure[] } {
  const { ids, micros } = ourClusters(items);
  const fit = fitOf(items, ids);
  return {
    figures: [
      atLeast(metric, fit.f1, goal),
      { metric: 'precision', value: fit.precision },
      { metric: 'recall', value: fit.recall },
      atMost('harmless lines in campaigns', fit.mixed, 0, 'count'),
      {
        metric: 'harmless lines that joined another harmless one (repeated lines among them)',
        value: fit.joined,
        as: 'count',
      },
      { metric: 'clustering, µs of processor time a message', value: micros },
    ],
  };
}

function rivalsOn(items: readonly Item[]): readonly Figure[] {
  return [
    { metric: 'F1', value: fitOf(items, byMinHash(items)).f1, rival: 'MinHash 48, J ≥ 0.5' },
    { metric: 'F1', value: fitOf(items, byExactMask(items)).f1, rival: 'hash of the masked text' },
  ];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
