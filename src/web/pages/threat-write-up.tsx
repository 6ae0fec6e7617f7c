import type { ThreatEntry } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';

/** The prose of a threat; empty sections are left out. */
export function ThreatWriteUp({ entry }: { readonly entry: ThreatEntry }) {
  const sections = [
    ['Lure', entry.lure],
    ['Payload', entry.payload],
    ['Who is at risk', entry.atRisk],
    ['Notes', entry.notes],
  ] as const;
  // Where an entry says who can do what, that says the same and more.
  const told = Object.values(entry.actions ?? {}).some((lines) => (lines ?? []).length > 0);
  const lists = told
    ? []
    : ([
        ['How to avoid it', entry.avoid],
        ['How to remove it', entry.remove],
      ] as const);
  return (
    <Panel title="Write-up">
      <div className="sd-prose">
        <p>{entry.summary === '' ? 'No summary has been written yet.' : entry.summary}</p>
        {lists.map(([word, lines]) =>
          lines.length === 0 ? null : (
            <div key={word}>
              <h3>{word}</h3>
              <ul className="sd-list">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
          ),
        )}
        {entry.vectors.length === 0 ? null : (
          <div>
            <h3>How it spreads</h3>
            <p>{entry.vectors.join(', ')}</p>
          </div>
        )}
        {sections.map(([word, text]) =>
          text === '' ? null : (
            <div key={word}>
              <h3>{word}</h3>
              <p>{text}</p>
            </div>
          ),
        )}
      </div>
    </Panel>
  );
}
