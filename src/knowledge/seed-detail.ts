// What shipped entries say beyond their facts, by rules: ratings each with its reason, who can do what, what finds it.
import { severityRank } from '../core/severity.ts';
import { SEED_FILES, SEED_LURES } from './data/signatures.ts';
import type { SeedThreat } from './seed.ts';
import type { ThreatEntry, ThreatRating } from './types.ts';

const OPERATORS = 'Operators: ';
const SPREADS_ITSELF = ['im-worm', 'irc-worm', 'p2p-worm', 'blended-worm', 'im-botnet'];
const NOTHING_INSTALLED = ['spim-campaign', 'phishing-campaign', 'chat-bot-fraud', 'nuisance-bot'];
const CONFIDENCE = {
  yes: [4, 'checked against the named source'],
  partial: [2, 'the source does not bear out every detail'],
  no: [1, 'no source could be checked'],
} as const;

type Detail = Pick<ThreatEntry, 'ratings' | 'actions' | 'detection'>;

/** The rest of a shipped entry. */
export function detailOf(seed: SeedThreat, avoid: readonly string[], remove: readonly string[]): Detail {
  const forOperators = avoid.filter((line) => line.startsWith(OPERATORS)).map((line) => line.slice(OPERATORS.length));
  const detection = detectionOf(seed.id);
  return {
    ratings: ratingsOf(seed),
    actions: {
      person: [...avoid.filter((line) => !line.startsWith(OPERATORS)), ...remove],
      ...(forOperators.length === 0 ? {} : { operator: forOperators.map(capital) }),
    },
    ...(detection.length === 0 ? {} : { detection }),
  };
}

function ratingsOf({ type, vectors, severity, verified }: SeedThreat): readonly ThreatRating[] {
  const worm = SPREADS_ITSELF.includes(type);
  const [confidence, why] = CONFIDENCE[verified];
  const [recovery, hardness] = NOTHING_INSTALLED.includes(type)
    ? ([1, 'nothing is installed'] as const)
    : vectors.includes('supply-chain')
      ? ([3, 'the client has to be installed again'] as const)
      : ([4, 'the machine has to be cleaned or installed again'] as const);
  return [
    { of: 'damage', value: severityRank(severity), reason: 'our rating of its effect' },
    {
      of: 'distribution',
      value: worm ? (vectors.length > 1 ? 4 : 3) : 2,
      reason: worm
        ? `spreads by itself, in ${vectors.length} ${vectors.length === 1 ? 'way' : 'ways'}`
        : 'has to be sent',
    },
    { of: 'recovery', value: recovery, reason: hardness },
    { of: 'confidence', value: confidence, reason: why },
  ];
}

function detectionOf(id: string): NonNullable<ThreatEntry['detection']> {
  return [
    ...SEED_LURES.filter(({ threat }) => threat === id).map(({ words }) => ({
      kind: 'lure' as const,
      text: words.join(' '),
    })),
    ...SEED_FILES.filter(({ threat }) => threat === id).map(({ pattern }) => ({
      kind: 'filter' as const,
      text: `file-name ${pattern}`,
    })),
  ];
}

function capital(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}
