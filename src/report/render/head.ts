// The head of a report in words, the same in every form.
import type { Report } from '../model.ts';

interface Head {
  readonly title: string;
  readonly kicker: string;
  readonly lead: string;
  readonly notes: readonly string[];
}

export function headOf({ kind, period, before, realm, tier, madeAt, until, running }: Report): Head {
  const name = kind === 'bulletin' ? 'Bulletin' : 'Report';
  const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;
  const readers = tier === 'operator' ? 'For operators: exact counts.' : 'For everybody: counts in bands.';
  return {
    title: `${name}: ${period.label}`,
    kicker: 'Sundew threat centre',
    lead: `${minute(period.from)} to ${minute(until)}, compared with ${before.label}. Made ${minute(madeAt)}. ${readers}`,
    notes: [
      ...(realm === 'simulated' ? ['Simulated: all of this was made by the test range, and none of it happened.'] : []),
      ...(running ? [`The period is not over: this is how far it had come by ${minute(until)}.`] : []),
    ],
  };
}
