import { useCallback, useEffect, useState } from 'react';
import type { StreamEvent, StreamState } from '../api/stream.ts';
import type { CaptureRow, Realm } from '../api/types.ts';
import { useStream } from '../api/use-stream.ts';

/** Rows kept; the search shows older ones. */
const MAX_LIVE = 200;

export interface LiveCaptures {
  readonly rows: readonly CaptureRow[];
  readonly state: StreamState;
  readonly clear: () => void;
}

/** Captures as they come on the console's stream, newest first. `onLive` runs at each (re)connection: fetch what was missed. */
export function useLiveCaptures(url: string, realm: Realm, onLive: () => void): LiveCaptures {
  const [rows, setRows] = useState<readonly CaptureRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another realm is another table
  useEffect(() => setRows([]), [realm]);
  const onEvent = useCallback((event: StreamEvent) => {
    if (event.type !== 'capture') return;
    setRows((before) => [event.data, ...before.filter(({ id }) => id !== event.data.id)].slice(0, MAX_LIVE));
  }, []);
  const state = useStream(url, onEvent, onLive);
  const clear = useCallback(() => setRows([]), []);
  return { rows, state, clear };
}
