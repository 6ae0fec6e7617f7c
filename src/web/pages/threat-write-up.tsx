import { FIELD_WORDS, VECTOR_WORDS, wordFor } from '../api/entry-words.ts';
import type { ThreatEntry } from '../api/types.ts';
import { InertText } from '../components/inert-text.tsx';
import { keyed } from '../components/keyed.ts';
import { Markdown } from '../components/markdown.tsx';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';

const TEXTS = ['payload', 'atRisk', 'notes'] as const;
const ADVICE = ['avoid', 'remove'] as const;

/** The prose of a threat; empty sections are left out. */
export function ThreatWriteUp({ entry }: { readonly entry: ThreatEntry }) {
  // What stands under "What to do" for somebody is not said twice.
  const told = new Set(Object.values(entry.actions ?? {}).flatMap((lines) => lines ?? []));
  return (
    <Panel title="Write-up">
      <div className="sd-prose">
        <p className="sd-lines">{entry.summary === '' ? 'No summary has been written yet.' : entry.summary}</p>
        {ADVICE.map((field) => (
          <Advice key={field} word={FIELD_WORDS[field]} lines={entry[field].filter((line) => !told.has(line))} />
        ))}
        {entry.vectors.length === 0 ? null : (
          <div>
            <h3>{FIELD_WORDS.vectors}</h3>
            <p className="sd-row">
              {keyed(entry.vectors).map(([key, vector]) => (
                <Tag key={key}>{wordFor(VECTOR_WORDS, vector)}</Tag>
              ))}
            </p>
          </div>
        )}
        {entry.lure === '' ? null : (
          <div>
            <h3>{FIELD_WORDS.lure}</h3>
            <InertText text={entry.lure} as="block" />
          </div>
        )}
        {TEXTS.map((field) =>
          entry[field] === '' ? null : (
            <div key={field}>
              <h3>{FIELD_WORDS[field]}</h3>
              <p className="sd-lines">{entry[field]}</p>
            </div>
          ),
        )}
      </div>
      {entry.writeUp === undefined ? null : <Markdown source={entry.writeUp} />}
    </Panel>
  );
}

function Advice({ word, lines }: { readonly word: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3>{word}</h3>
      <ul className="sd-list">
        {keyed(lines).map(([key, line]) => (
          <li key={key}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
