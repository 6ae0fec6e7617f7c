// A warning record made of a decision and of what the knowledge base has on the campaign. No decoy address gets in.
import type { Network } from '../core/network.ts';
import type { CampaignIndicator } from '../knowledge/campaign-store.ts';
import { titleOf } from '../knowledge/campaign-title.ts';
import { type Scrub, scrubberOf } from '../knowledge/scrub.ts';
import { adviceOf } from './advice.ts';
import type { ServiceSize } from './forecast/forecast.ts';
import { forecastOf, reasonOfPropagation } from './propagation.ts';
import { statementsOf } from './rules.ts';
import type { Rating } from './severity.ts';
import type { WarningForecast, WarningRecord } from './types.ts';
import { classOf, type Standing, type WatchState } from './watch-state.ts';

/** What the knowledge base has on the campaign of a warning. */
export interface CampaignFacts {
  readonly template: string;
  readonly indicators: readonly CampaignIndicator[];
  readonly decoys: readonly string[];
  readonly threat?: { readonly id: string; readonly name: string };
}

const NO_FACTS: CampaignFacts = { template: '', indicators: [], decoys: [] };
const MAX_INDICATORS = 25;

export interface RecordParts {
  readonly id: string;
  readonly campaign: string;
  readonly state: WatchState;
  readonly standing: Standing;
  readonly rating: Rating;
  readonly because: readonly string[];
  readonly facts: CampaignFacts | undefined;
  readonly simulated: boolean;
  /** Sizes of services, where the operator has told them. */
  readonly sizeOf?: SizeOf | undefined;
  /** The forecast of the revision before, which an all-clear goes on showing. */
  readonly last?: WarningForecast | undefined;
}

/** What is known of a network's service. */
export type SizeOf = (network: Network) => ServiceSize | undefined;

/** The record of one revision. */
export function buildRecord(parts: RecordParts): WarningRecord {
  const { state, standing, rating, simulated } = parts;
  const facts = parts.facts ?? NO_FACTS;
  const scrub = scrubberOf(facts.decoys);
  const indicators = facts.indicators.filter(({ value }) => names(scrub, value)).slice(0, MAX_INDICATORS);
  const verdict = classOf(state);
  const forecast =
    standing.kind === 'all-clear' ? parts.last : forecastOf(state.propagation, sizeOfOne(state.networks, parts.sizeOf));
  return {
    id: parts.id,
    revision: standing.revision,
    kind: standing.kind,
    title: titleOf({ class: verdict, networks: state.networks, indicators }),
    at: iso(standing.atMs),
    updatedAt: iso(standing.changedMs),
    networks: state.networks,
    severity: standing.severity,
    class: verdict,
    reasons: [
      ...state.reasons.map(scrub),
      ...rating.reasons,
      ...spreadWords(state),
      ...parts.because.map((one) => `change: ${one}`),
    ],
    growth: standing.growth,
    ...(standing.propagation === undefined ? {} : { propagation: standing.propagation }),
    ...(standing.urgency === undefined ? {} : { urgency: standing.urgency }),
    rules: statementsOf(standing),
    ...(forecast === undefined ? {} : { forecast }),
    advice: adviceOf(verdict),
    template: facts.template,
    indicators: indicators.map(({ type, value }) => ({ type, value })),
    spread: indicators.map(({ decoys }) => decoys),
    ...(facts.threat === undefined ? {} : { threat: facts.threat }),
    campaign: parts.campaign,
    decoys: state.decoys,
    senders: state.senders,
    captures: state.captures,
    unambiguousHarm: state.harm,
    simulated,
  };
}

const spreadWords = ({ propagation }: WatchState): readonly string[] => {
  const reason = reasonOfPropagation(propagation);
  return reason === undefined ? [] : [reason];
};

/** Accounts of several services are not told from each other: infected ones are told on one network alone. */
function sizeOfOne(networks: readonly Network[], sizeOf: SizeOf | undefined): ServiceSize | undefined {
  const [network, ...others] = networks;
  return network === undefined || others.length > 0 ? undefined : sizeOf?.(network);
}

/** An indicator that changes when decoys are cut out of it names one, and stays with the captures. */
function names(scrub: Scrub, value: string): boolean {
  return scrub(value) === value.normalize('NFKC');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
