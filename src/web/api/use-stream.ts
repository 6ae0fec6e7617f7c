import { useEffect, useRef, useState } from 'react';
import { openStream, type StreamEvent, type StreamState } from './stream.ts';

/** Keeps a stream open while the component is there. `onLive` runs at each (re)connection. */
export function useStream(url: string, onEvent: (event: StreamEvent) => void, onLive?: () => void): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef({ onEvent, onLive });
  useEffect(() => {
    latest.current = { onEvent, onLive };
  });
  useEffect(
    () =>
      openStream(url, {
        onEvent: (event) => latest.current.onEvent(event),
        onState: (next) => {
          setState(next);
          if (next === 'live') latest.current.onLive?.();
        },
      }),
    [url],
  );
  return state;
}
