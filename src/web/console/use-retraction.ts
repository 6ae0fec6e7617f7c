// Taking back, and taking that back, from wherever the console offers it.
import { useQueryClient } from '@tanstack/react-query';
import { sendJson, withQuery } from '../api/client.ts';
import type { Realm, RetractionDone, RetractionRequest } from '../api/types.ts';

/** Everything that shows what can be taken back. */
const KEYS = [
  'console-warnings',
  'console-warning',
  'retractions',
  'resting-entries',
  'threats',
  'threat',
  'campaign',
  'warnings',
  'warning',
  'board',
  'river',
  'appeals',
  'status',
];

export interface Retracting {
  readonly retract: (request: RetractionRequest) => Promise<RetractionDone>;
  readonly undo: (request: RetractionRequest) => Promise<RetractionDone>;
  /** Has everything asked anew that shows what can be taken back. */
  readonly changed: () => Promise<unknown>;
}

export function useRetraction(realm: Realm): Retracting {
  const client = useQueryClient();
  const changed = () => Promise.all(KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));
  const to = (path: string) => async (request: RetractionRequest) => {
    const done = await sendJson<RetractionDone>('POST', withQuery(path, { realm }), request);
    await changed();
    return done;
  };
  return { retract: to('/api/v1/retractions'), undo: to('/api/v1/retractions/undo'), changed };
}
