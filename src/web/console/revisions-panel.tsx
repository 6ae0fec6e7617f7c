import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { threatDiffQuery } from '../api/console-queries.ts';
import { FIELD_WORDS, wordFor } from '../api/entry-words.ts';
import type { Threat, ThreatDiff } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { keyed } from '../components/keyed.ts';
import { Panel } from '../components/panel.tsx';
import { useRealm } from './use-realm.ts';
import './decoys.css';
import './revisions-panel.css';

/** Two revisions side by side, field by field. */
export function RevisionsPanel({ threat }: { readonly threat: Threat }) {
  const realm = useRealm();
  const [to, setTo] = useState(threat.revision);
  const [from, setFrom] = useState(Math.max(1, threat.revision - 1));
  const diff = useQuery({ ...threatDiffQuery(threat.id, from, to, realm), enabled: from !== to });
  const data = threat.revisions.map(({ revision, reason }) => ({
    value: String(revision),
    label: `${revision}: ${reason}`,
  }));
  return (
    <Panel title="Compare revisions">
      <div className="sd-form-wide">
        <div className="sd-form-grid">
          <NativeSelect
            label="From"
            data={data}
            value={String(from)}
            onChange={(event) => setFrom(Number(event.currentTarget.value))}
          />
          <NativeSelect
            label="To"
            data={data}
            value={String(to)}
            onChange={(event) => setTo(Number(event.currentTarget.value))}
          />
        </div>
        {from === to ? (
          <p className="sd-soft">
            {threat.revisions.length < 2 ? 'There is one revision only.' : 'Choose two revisions.'}
          </p>
        ) : (
          <Answer of={diff} what="the difference">
            {({ changes }) =>
              changes.length === 0 ? <p className="sd-soft">No difference.</p> : <Changes of={changes} />
            }
          </Answer>
        )}
      </div>
    </Panel>
  );
}

function Changes({ of }: { readonly of: ThreatDiff['changes'] }) {
  return (
    <dl className="sd-diff">
      {of.map(({ field, removed, added }) => (
        <div key={field}>
          <dt>{wordFor(FIELD_WORDS, field)}</dt>
          <dd>
            {keyed(removed).map(([key, line]) => (
              <del key={key}>{line}</del>
            ))}
            {keyed(added).map(([key, line]) => (
              <ins key={key}>{line}</ins>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
