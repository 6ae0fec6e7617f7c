import type { DefangedIndicator } from '../api/types.ts';
import { CopyButton } from './copy-button.tsx';
import { Empty } from './feedback.tsx';
import { InertText } from './inert-text.tsx';
import './table.css';

/** Indicators, defanged, each with a button that copies the defanged form, and until when acting on it is worth it. */
export function IndicatorTable({ indicators }: { readonly indicators: readonly DefangedIndicator[] }) {
  if (indicators.length === 0) return <Empty>No indicators.</Empty>;
  const dated = indicators.some(({ activeUntil }) => activeUntil !== undefined);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className="sd-table-box">
      <table className="sd-table">
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Indicator (defanged)</th>
            {dated ? <th scope="col">Active until</th> : null}
            <th scope="col">
              <span className="sd-hidden">Copy</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {indicators.map(({ type, defanged, activeUntil }) => (
            <tr key={`${type} ${defanged}`}>
              <td className="sd-soft sd-tight">{type}</td>
              <td>
                <InertText text={defanged} max={500} />
              </td>
              {dated ? <td className="sd-soft sd-tight">{untilWords(activeUntil, today)}</td> : null}
              <td className="sd-right">
                <CopyButton text={defanged} what={`${type} ${defanged.slice(0, 80)}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function untilWords(day: string | undefined, today: string): string {
  if (day === undefined) return '';
  return day < today ? `past (${day})` : day;
}
