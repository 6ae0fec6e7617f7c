// How often each rule that raises warnings is wrong: every text of the test data, as if each had reached three decoys.
import { isBad } from '../../../src/analysis/classify/figures.ts';
import { createClusterer } from '../../../src/analysis/cluster/clusterer.ts';
import type { CampaignTouch } from '../../../src/knowledge/types.ts';
import { foldTouches } from '../../../src/warning/assess.ts';
import { RAISING_RULES, type RaisingRule } from '../../../src/warning/rules.ts';
import { type Judged, judgedTexts } from '../held-out.ts';
import type { EvalPart, Figure } from '../part.ts';

const DECOYS = 3;
const START = Date.UTC(2026, 0, 5);
const SECOND = 1_000;
/** Texts come so far apart. */
const EVERY = 30 * SECOND;

export const rules: EvalPart = {
  name: 'rules',
  title: `warnings by rule on all texts of the training data, judged by models that never saw them (cross-validated), each sent to ${DECOYS} decoys by one sender; wrong are those of campaigns in which most texts are harmless`,
  run: async () => {
    const judged = await judgedTexts();
    const raised = warningsOf(judged);
    const harmless = judged.filter(({ row }) => !isBad(row)).length;
    const figures: Figure[] = [
      { metric: 'harmless texts', value: harmless, as: 'count' },
      { metric: 'bad texts', value: judged.length - harmless, as: 'count' },
      {
        metric: 'harmless texts that are taken for a known family',
        value: judged.filter(({ row, analysis }) => !isBad(row) && analysis.threats.length > 0).length,
        as: 'count',
      },
    ];
    for (const rule of RAISING_RULES) {
      const own = raised.filter((one) => one.rules.has(rule));
      const wrong = own.filter(({ right }) => !right).length;
      figures.push(
        { metric: `${rule}: warnings`, value: own.length, as: 'count' },
        { metric: `${rule}: wrong`, value: wrong, as: 'count' },
        { metric: `${rule}: wrong of all`, value: wrong / Math.max(1, own.length), as: 'share' },
        { metric: `${rule}: wrong a harmless text`, value: wrong / harmless, as: 'share' },
      );
    }
    return figures;
  },
};

interface Raised {
  readonly rules: ReadonlySet<RaisingRule>;
  readonly right: boolean;
}

function warningsOf(judged: readonly Judged[]): readonly Raised[] {
  const clusterer = createClusterer();
  const campaigns = new Map<string, { readonly touches: CampaignTouch[]; bad: number; texts: number }>();
  for (const [at, { row, capture, analysis }] of judged.entries()) {
    const cluster = clusterer.assign(capture, analysis);
    if (cluster === undefined) continue;
    const known = campaigns.get(cluster.campaign);
    const campaign = known ?? { touches: [], bad: 0, texts: 0 };
    campaigns.set(cluster.campaign, campaign);
    campaign.texts += 1;
    if (isBad(row)) campaign.bad += 1;
    for (let decoy = 0; decoy < DECOYS; decoy += 1) {
      campaign.touches.push({
        atMs: START + at * EVERY + decoy * SECOND,
        network: capture.network,
        class: analysis.class,
        severity: analysis.severity,
        unambiguousHarm: analysis.unambiguousHarm,
        newDecoy: known === undefined,
        newSender: decoy === 0,
        known: analysis.threats.length > 0,
        reasons: [],
      });
    }
  }
  return [...campaigns.values()].flatMap(({ touches, bad, texts }) => {
    const standings = foldTouches(undefined, touches).flatMap(({ decision }) =>
      decision.act === 'raise' || decision.act === 'update' ? [decision.standing] : [],
    );
    const own = new Set(standings.flatMap(({ rule }) => (rule === undefined ? [] : [rule])));
    return own.size === 0 ? [] : [{ rules: own, right: bad * 2 >= texts }];
  });
}
