import type { ThreatLevel } from '../api/types.ts';
import { LEVEL_WORDS } from '../api/words.ts';
import './level-mark.css';

const SHAPES: Readonly<Record<ThreatLevel, string>> = {
  green: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z',
  yellow: 'M8 2l6.500 11.500h-13Z',
  orange: 'M8 1l7 7-7 7-7-7Z',
  red: 'M5 1h6l4 4v6l-4 4H5l-4-4V5Z',
};

/** A threat level as shape, colour and word, so that none of the three is needed alone. */
export function LevelMark({ level }: { readonly level: ThreatLevel }) {
  return (
    <span className={`sd-level sd-level-${level}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[level]} fill="var(--sd-level-mark)" />
      </svg>
      {LEVEL_WORDS[level]}
    </span>
  );
}
