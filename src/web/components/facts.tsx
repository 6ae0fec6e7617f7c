import type { ReactNode } from 'react';
import './facts.css';

interface FactsProps {
  /** Word and value; entries without a value are left out. */
  readonly of: readonly (readonly [word: string, value: ReactNode])[];
}

/** A short list of words and values. */
export function Facts({ of }: FactsProps) {
  return (
    <dl className="sd-facts">
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
