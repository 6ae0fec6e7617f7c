import { Link } from '@tanstack/react-router';
import type { CaptureRow } from '../api/types.ts';
import { CLASS_WORDS, KIND_WORDS, NETWORK_WORDS } from '../api/words.ts';
import { InertText } from '../components/inert-text.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';
import './capture-table.css';
import { RowsTable } from '../components/rows-table.tsx';

const HEADS = ['Time', 'What', 'From, to', 'Text or file', 'Verdict'] as const;

const MAX_LINE = 220;

/** Captures as rows; the time leads to the capture. */
export function CaptureTable({ captures }: { readonly captures: readonly CaptureRow[] }) {
  return (
    <RowsTable heads={HEADS} className="sd-capture-table">
      {captures.map((capture) => (
        <Row key={capture.id} capture={capture} />
      ))}
    </RowsTable>
  );
}

function Row({ capture }: { readonly capture: CaptureRow }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Link to="/console/captures/$id" params={{ id: capture.id }}>
          <Time at={capture.at} />
        </Link>
      </td>
      <td className="sd-tight" data-label="What">
        {NETWORK_WORDS[capture.network]}
        <div className="sd-soft sd-small">{KIND_WORDS[capture.kind]}</div>
      </td>
      <td className="sd-capture-who" data-label="From, to">
        <Link to="/console/captures" search={{ peer: capture.peer }} title="Everything from this peer">
          <InertText text={capture.peer} max={80} />
        </Link>
        <div className="sd-soft sd-small">
          → <InertText text={capture.decoy} max={80} />
        </div>
      </td>
      <td className="sd-wide">
        <div className="sd-capture-text">
          {capture.file === undefined ? null : (
            <>
              <span className="sd-soft sd-small">file </span>
              <InertText text={capture.file} max={120} />{' '}
            </>
          )}
          {capture.text === undefined ? null : <InertText text={capture.text} max={MAX_LINE} />}
        </div>
      </td>
      <td className="sd-tight" data-label="Verdict">
        <SeverityTag severity={capture.severity} />
        <div className="sd-small">
          {CLASS_WORDS[capture.class]} <span className="sd-soft">{Math.round(capture.score * 100)} %</span>
        </div>
      </td>
    </tr>
  );
}
