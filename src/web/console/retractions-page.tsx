import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { retractionsQuery } from '../api/console-queries.ts';
import type { Realm, RetractionDone, RetractionList } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Done, Empty } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { Time } from '../components/time.tsx';
import { ReasonButton } from './reason-button.tsx';
import { RetractButton } from './retract-button.tsx';
import { useRealm } from './use-realm.ts';
import { useRetraction } from './use-retraction.ts';

type Retraction = RetractionList['retractions'][number];
const HEADS = ['Time', 'What', 'Who', 'Why', 'Taken back'] as const;

/** What was taken back, by whom and why; and the way to take back anything by its name. */
export function RetractionsPage() {
  const realm = useRealm();
  const retractions = useQuery(retractionsQuery(realm));
  return (
    <Page title="Retractions" lead="What was wrong and was taken back. Nothing is ever deleted from this list.">
      <RetractForm realm={realm} />
      <Answer of={retractions} what="the retractions">
        {({ retractions: rows }) =>
          rows.length === 0 ? (
            <Empty>Nothing was ever retracted.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {rows.map((one) => (
                <Row key={one.id} retraction={one} realm={realm} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
    </Page>
  );
}

function RetractForm({ realm }: { readonly realm: Realm }) {
  const [target, setTarget] = useState('');
  const [done, setDone] = useState<string>();
  const finish = ({ message }: RetractionDone) => {
    setDone(message);
    setTarget('');
  };
  return (
    <Panel title="Take something back">
      <div className="sd-form">
        <TextInput
          label="Warning, campaign or indicator"
          description="W-…, a campaign’s id, or an indicator: its value, defanged or not, or type:value"
          maxLength={2100}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        <RetractButton target={target.trim()} title="Retract it?" realm={realm} onDone={finish}>
          <p>
            <InertText text={target.trim()} max={200} /> goes from everything that anybody but operators sees. Those who
            were told of it get a correction with your reason.
          </p>
        </RetractButton>
        {done === undefined ? null : <Done>{done}</Done>}
      </div>
    </Panel>
  );
}

function Row({ retraction, realm }: { readonly retraction: Retraction; readonly realm: Realm }) {
  const { undo } = useRetraction(realm);
  const { label, kind, type, target, at, by, reason, undone } = retraction;
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Time at={at} />
      </td>
      <td data-label="What">
        <InertText text={label} max={200} /> <span className="sd-soft sd-small">{type ?? kind}</span>
      </td>
      <td data-label="Who">
        <InertText text={by} max={100} />
      </td>
      <td className="sd-wide" data-label="Why">
        <InertText text={reason} max={500} />
      </td>
      <td data-label="Taken back">
        {undone === undefined ? (
          <ReasonButton
            label="Undo …"
            title="Let it count again?"
            action="Undo the retraction"
            onReason={(why) => undo({ target, reason: why })}
          >
            <p>It is shown again. Those who got the correction are told that it stands after all.</p>
          </ReasonButton>
        ) : (
          <>
            <Time at={undone.at} /> <InertText text={`${undone.by}: ${undone.reason}`} max={600} />
          </>
        )}
      </td>
    </tr>
  );
}
