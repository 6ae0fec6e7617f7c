// Domains made to look like a brand's against popular ones: by their letters alone, families of names kept apart.
import { areaUnderCurve, type DomainRow, domainRows, learn, marginOf } from '../../look-alike/learn.ts';
import { atLeast, type EvalPart } from '../part.ts';

const FOLDS = 5;
const WITHHELD = ['discord', 'steam'];
// Below every margin there is: a brand's own domain.
const OFFICIAL = -1000;

export const lookAlikeDomains: EvalPart = {
  name: 'look-alike-domains',
  title:
    'domains of Discord and Steam phishing against popular domains, by their letters alone; learnt with 5-fold cross-validation, families of one brand never on both sides',
  run() {
    const rows = domainRows();
    const held = Array.from({ length: FOLDS }, (_value, fold) => {
      const weights = learn(rows.filter(({ family }) => foldOf(family) !== fold));
      return rows.filter(({ family }) => foldOf(family) === fold).map((row) => scored(row, weights));
    }).flat();
    return Promise.resolve([
      atLeast('area under the curve', areaUnderCurve(held), 0.95),
      ...WITHHELD.map((brand) => {
        const weights = learn(rows.filter(({ family }) => family !== brand));
        const test = rows.filter(({ bad, family }) => !bad || family === brand);
        return atLeast(
          `area under the curve for look-alikes of ${brand}, none of which was learnt from`,
          areaUnderCurve(test.map((row) => scored(row, weights))),
          0.95,
        );
      }),
    ]);
  },
};

function scored({ bad, traits }: DomainRow, weights: Float64Array): { readonly bad: boolean; readonly score: number } {
  return { bad, score: traits.official ? OFFICIAL : marginOf(weights, traits.values) };
}

function foldOf(family: string): number {
  let hash = 7;
  for (let at = 0; at < family.length; at++) hash = (Math.imul(hash, 31) + family.charCodeAt(at)) >>> 0;
  return hash % FOLDS;
}
