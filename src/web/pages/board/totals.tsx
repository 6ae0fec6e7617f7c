import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Board } from '../../api/types.ts';
import { bandText, count } from '../../components/format.ts';
import { dayBefore } from './day-before.ts';
import './totals.css';

interface TotalsProps {
  readonly totals: Board['totals'];
  readonly now: string;
}

/** The last day in four numbers, each a link to what it counts. */
export function Totals({ totals, now }: TotalsProps) {
  return (
    <ul className="sd-plain sd-totals" aria-label="Totals">
      <Total value={count(totals.warnings24h)} word="warnings, 24 h">
        {(label) => (
          <Link to="/warnings" search={{ since: dayBefore(now) }}>
            {label}
          </Link>
        )}
      </Total>
      <Total value={bandText(totals.touches24h)} word="touches, 24 h">
        {(label) => <a href="#river">{label}</a>}
      </Total>
      <Total value={count(totals.campaigns24h)} word="campaigns, 24 h">
        {(label) => (
          <Link to="/about" hash="campaigns">
            {label}
          </Link>
        )}
      </Total>
      <Total value={count(totals.threats)} word="known threats">
        {(label) => <Link to="/threats">{label}</Link>}
      </Total>
    </ul>
  );
}

interface TotalProps {
  readonly value: string;
  readonly word: string;
  readonly children: (label: ReactNode) => ReactNode;
}

function Total({ value, word, children }: TotalProps) {
  return (
    <li>
      {children(
        <>
          <span className="sd-total-value">{value}</span> <span className="sd-total-word">{word}</span>
        </>,
      )}
    </li>
  );
}
