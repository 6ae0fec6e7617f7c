import type { StreamState } from '../api/stream.ts';
import './live-state.css';

const WORDS: Readonly<Record<StreamState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
};

interface LiveStateProps {
  readonly state: StreamState;
  readonly paused?: boolean;
}

/** Whether what is shown is what is happening. */
export function LiveState({ state, paused = false }: LiveStateProps) {
  const shown = paused && state === 'live' ? 'paused' : state;
  return (
    <span className={`sd-live sd-live-${shown}`} role="status">
      <span className="sd-live-dot" aria-hidden="true" />
      {shown === 'paused' ? 'Paused' : WORDS[state]}
    </span>
  );
}
