import { Link } from '@tanstack/react-router';
import type { LedgerPage } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { count } from '../components/format.ts';
import { InertText } from '../components/inert-text.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';

const HEADS = ['Time', 'Decoy', 'Act', 'Ruling', 'Peer', { word: 'Bytes', as: 'number' }, 'SHA-256'] as const;

type Entry = LedgerPage['entries'][number];

/** Outbound frames as rows. */
export function LedgerTable({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <RowsTable heads={HEADS}>
      {entries.map((entry) => (
        <Row key={entry.seq} entry={entry} />
      ))}
    </RowsTable>
  );
}

function Row({ entry }: { readonly entry: Entry }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Time at={entry.t} />
        <div className="sd-soft sd-small">#{entry.seq}</div>
      </td>
      <td data-label="Decoy">
        {entry.decoy} <span className="sd-soft sd-small">{NETWORK_WORDS[entry.network]}</span>
      </td>
      <td className="sd-tight" data-label="Act">
        {entry.act}
      </td>
      <td data-label="Ruling">
        <Tag tone={entry.denied === undefined ? 'green' : 'red'}>{entry.denied === undefined ? 'sent' : 'denied'}</Tag>{' '}
        <code>{entry.rule}</code>
        <span className="sd-soft sd-small"> at {entry.level}</span>
        {entry.denied === undefined ? null : <div className="sd-small">{entry.denied}</div>}
        {entry.suppressed === undefined ? null : (
          <div className="sd-soft sd-small">and {count(entry.suppressed)} denials before it, counted only</div>
        )}
      </td>
      <td data-label="Peer">
        {entry.peer === undefined ? '' : <InertText text={entry.peer} max={120} />}{' '}
        {entry.cause === undefined ? null : (
          <Link to="/console/captures/$id" params={{ id: entry.cause }} className="sd-small">
            what it answered
          </Link>
        )}
      </td>
      <td className="sd-right" data-label="Bytes">
        {count(entry.length)}
      </td>
      <td className="sd-tight" data-label="SHA-256">
        <code title={entry.sha256}>{entry.sha256.slice(0, 12)}…</code>
      </td>
    </tr>
  );
}
