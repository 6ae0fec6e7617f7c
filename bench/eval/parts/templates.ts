// How well the templates of campaigns hold: learnt from a campaign's first captures, tried on its later ones and on harmless talk.

import { trainingRows } from '../../../src/analysis/classify/training-data.ts';
import { type InferredTemplate, inferTemplate } from '../../../src/analysis/cluster/infer-template.ts';
import { withoutAddressee } from '../../../src/analysis/fingerprint/mask.ts';
import { foldText } from '../../../src/analysis/normalize/fold.ts';
import { generateCampaigns, type Line } from '../campaigns/generate.ts';
import { linesOf } from '../campaigns/set.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';

const SEEDS = [201, 202, 203];
const GENERATED_CAMPAIGNS = 40;
const MANY = 30;
const FEW = 15;
/** Later captures from which a campaign counts. */
const LEAST_LATER = 5;

export const templates: EvalPart = {
  name: 'templates',
  title:
    'template of the first 30 (15) captures of each campaign: share of its later captures matched, and harmless lines matched',
  run: async () => {
    const sets: readonly (readonly [string, readonly Line[]])[] = [
      ['mild', linesOf('campaigns-mild')],
      ['spintax', linesOf('campaigns-spintax')],
      ['generated', SEEDS.flatMap((seed) => generateCampaigns(seed, GENERATED_CAMPAIGNS, []))],
    ];
    const harmless = [
      ...linesOf('campaigns-mild').filter(({ campaign }) => campaign === ''),
      ...trainingRows().filter(({ label }) => label === 'ham'),
    ].map(({ text }) => withoutAddressee(foldText(text)));
    const made: InferredTemplate[] = [];
    const figures = sets.flatMap(([name, lines]) => [
      ...coverage(name, lines, MANY, 0.9, made),
      ...coverage(name, lines, FEW, undefined, made),
    ]);
    const alarms = made.reduce((sum, { regex }) => {
      const expression = new RegExp(regex, 'u');
      return sum + harmless.filter((text) => expression.test(text)).length;
    }, 0);
    return [
      ...figures,
      atMost(`matches of ${made.length} templates on ${harmless.length} harmless lines`, alarms, 0, 'count'),
    ];
  },
};

function coverage(
  name: string,
  lines: readonly Line[],
  first: number,
  goal: number | undefined,
  made: InferredTemplate[],
): readonly Figure[] {
  const campaigns = Map.groupBy(
    lines.filter(({ campaign }) => campaign !== ''),
    ({ campaign }) => campaign,
  );
  let [matched, later, without, all] = [0, 0, 0, 0];
  for (const members of campaigns.values()) {
    if (members.length < first + LEAST_LATER) continue;
    all += 1;
    const template = inferTemplate(members.slice(0, first).map(({ text }) => text));
    if (template === undefined) without += 1;
    else made.push(template);
    const expression = template === undefined ? undefined : new RegExp(template.regex, 'u');
    for (const { text } of members.slice(first)) {
      later += 1;
      if (expression?.test(withoutAddressee(foldText(text))) === true) matched += 1;
    }
  }
  const metric = `${name}: later captures matched after ${first}, ${all} campaigns (${without} without a template)`;
  const share = matched / Math.max(1, later);
  return [goal === undefined ? { metric, value: share, as: 'share' } : atLeast(metric, share, goal, 'share')];
}
