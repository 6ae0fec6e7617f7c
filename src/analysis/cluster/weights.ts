// What the model of campaigns believes before it has seen anything. Tuned by coordinate descent on the development half of
// the campaign data and on generated campaigns of other banks and languages (`bench/eval/campaigns/`), never on a test half.

/** Evidence is in nats: natural logarithms of how much likelier one explanation makes the capture. */
export const WEIGHTS = {
  /** Evidence from which a capture with a link or file of its own joins, and from which any other does. */
  joinTied: 2.5,
  join: 7,
  /** Share of a text's word pairs that its campaign must have shown, unless a host of its own ties it; without a link, where
   * so many pairs must be known as well: `thanks` twice is no campaign. */
  leastKnown: 0.12,
  leastKnownUntied: 0.5,
  leastPairsUntied: 4,
  /** Pseudo-counts that draw a campaign's pairs towards everybody's, and everybody's pairs towards everybody's words. */
  pairPrior: 0.7,
  basePrior: 2.7,
  /** Campaigns that are believed in before there are any, for how texts begin. */
  startPrior: 10,
  /** How open a wording is before it is known: new pairs a step, and the steps that this belief is worth. */
  novelPrior: 0.5,
  novelSteps: 10,
  /** What each capture leaves of the memory of new pairs. */
  memory: 0.93,
  /** What a single pair may speak against a campaign at most. */
  leastStep: -6,
  /** Pseudo-count of the parts around the link. */
  shapePrior: 0.63,
  /** A host of one campaign alone, against chance; that of a payload's hash. */
  hostRarity: 9,
  fileRarity: 40,
  leastHost: -6,
  /** Hosts seen once that are believed in before there are any. */
  hostPrior: 0.2,
  leastHostShare: -3,
  /** A sender who wrote for a campaign before, unless for more than so many. */
  sender: 2,
  senderCampaigns: 4,
  /** Mean seconds between two campaigns and between two captures of one, before anything is known. */
  newGapSeconds: 30_000,
  /** Weight of the newest start of a campaign in the mean time between two. */
  startMemory: 0.02,
  gapSeconds: 1080,
  leastGapSeconds: 60,
  /** A campaign grows old over this many gaps, at least over so many seconds, by this power. */
  agingGaps: 0.8,
  agingSeconds: 1800,
  aging: 4,
  /** What time alone may speak against it at most: the same words and host a month later are the same campaign. */
  leastTime: -10,
  /** Evidence against a host's membership that splits it off, the most that speaks for it, and the captures of a trial. */
  split: 1.8,
  mostForPart: 6,
  trialCaptures: 40,
  /** A campaign that takes a new host this often has no host on trial. */
  manyHosts: 1.1,
  /** Evidence that makes two campaigns one; the cost and the most of one capture, and what a shared host adds. */
  merge: 5,
  mergeCost: 0.1,
  mostForMerge: 3,
  sharedHost: 0.7,
  leastRival: 1,
  mostAgainstRival: -3,
  /** Campaigns looked at for one capture. */
  candidates: 12,
};
