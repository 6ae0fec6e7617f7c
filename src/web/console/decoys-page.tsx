import { useQuery } from '@tanstack/react-query';
import { decoysQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { DecoyForm } from './decoy-form.tsx';
import { DecoyTable } from './decoy-table.tsx';

/** The decoys: how each is doing, and a new one. */
export function DecoysPage() {
  const decoys = useQuery(decoysQuery);
  return (
    <Page
      title="Decoys"
      lead="Accounts that nobody has a reason to contact. They sign on, stay signed on and answer nobody."
    >
      <Answer of={decoys} what="the decoys">
        {({ decoys: list }) =>
          list.length === 0 ? <Empty>No decoy yet. Add the first below.</Empty> : <DecoyTable decoys={list} />
        }
      </Answer>
      <Panel title="Add a decoy">
        <DecoyForm />
      </Panel>
    </Page>
  );
}
