import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendJson, withQuery } from '../api/client.ts';
import { deadLettersQuery } from '../api/console-queries.ts';
import type { DeadLetterList, Realm } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { Time } from '../components/time.tsx';
import { useRealm } from './use-realm.ts';

const HEADS = ['Time', 'Stage', 'Cause', 'Capture', { word: 'Actions', as: 'hidden' }] as const;

/** What the pipeline could not digest, each with its cause and another try. */
export function DeadLettersPage() {
  const realm = useRealm();
  const letters = useQuery(deadLettersQuery(realm));
  return (
    <Page title="Dead letters" lead="Captures and deliveries that failed for good. Their evidence is in the journal.">
      <Answer of={letters} what="the dead letters">
        {({ deadLetters }) =>
          deadLetters.length === 0 ? (
            <Empty>None. Everything that came was taken in.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {deadLetters.map((letter) => (
                <Row key={letter.id} letter={letter} realm={realm} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
    </Page>
  );
}

interface RowProps {
  readonly letter: DeadLetterList['deadLetters'][number];
  readonly realm: Realm;
}

function Row({ letter, realm }: RowProps) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () =>
      sendJson<unknown>(
        'POST',
        withQuery(`/api/v1/dead-letters/${encodeURIComponent(letter.id)}/retry`, { realm }),
        {},
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['dead-letters'] }),
        client.invalidateQueries({ queryKey: ['status'] }),
      ]),
  });
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Time at={letter.at} />
      </td>
      <td className="sd-tight" data-label="Stage">
        {letter.stage}
      </td>
      <td className="sd-wide">
        <InertText text={letter.cause} max={600} />
        {retry.isError ? <Failure error={retry.error} /> : null}
      </td>
      <td className="sd-tight" data-label="Capture">
        {letter.capture === undefined ? (
          ''
        ) : (
          <Link to="/console/captures/$id" params={{ id: letter.capture }}>
            {letter.capture.slice(0, 8)}
          </Link>
        )}
      </td>
      <td className="sd-right">
        <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
          Try again
        </Button>
      </td>
    </tr>
  );
}
