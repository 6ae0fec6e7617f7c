import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import { appealsQuery } from '../api/console-queries.ts';
import type { Appeal, AppealDecision, Realm } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { useRealm } from './use-realm.ts';
import { useRetraction } from './use-retraction.ts';

const MAIL: Readonly<Record<Appeal['mail'], string>> = {
  none: 'No address was given: nobody is written to.',
  pending: 'The answer waits to be sent, and is tried again by itself.',
  sent: 'The answer was sent.',
  failed: 'The answer could not be sent.',
};

/** What listed parties say, open ones first. */
export function AppealsPage() {
  const realm = useRealm();
  const appeals = useQuery(appealsQuery(realm));
  return (
    <Page
      title="Appeals"
      lead="What strangers say against being listed. Every word of it may be hostile: it is shown inert."
    >
      <Answer of={appeals} what="the appeals">
        {({ appeals: all }) =>
          all.length === 0 ? (
            <Empty>Nobody has appealed.</Empty>
          ) : (
            <div className="sd-stack">
              {[...all.filter(isOpen), ...all.filter((one) => !isOpen(one))].map((appeal) => (
                <One key={appeal.id} appeal={appeal} realm={realm} />
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

const isOpen = ({ state }: Appeal): boolean => state === 'open';

function One({ appeal, realm }: { readonly appeal: Appeal; readonly realm: Realm }) {
  const { what, why, contact, state, at, decided } = appeal;
  return (
    <Panel
      title={`Appeal A-${appeal.id.slice(0, 8).toUpperCase()}`}
      side={<Tag tone={state === 'open' ? 'orange' : 'neutral'}>{state}</Tag>}
    >
      <div className="sd-stack">
        <p className="sd-small">
          <Time at={at} /> about <InertText text={what} max={300} />
          {contact === undefined ? ', without an address' : ', to be answered at '}
          {contact === undefined ? null : <InertText text={contact} max={320} />}
        </p>
        <InertText as="block" text={why} max={4000} />
        {decided === undefined ? <Ruling appeal={appeal} realm={realm} /> : <Ruled appeal={appeal} realm={realm} />}
      </div>
    </Panel>
  );
}

function Ruling({ appeal, realm }: { readonly appeal: Appeal; readonly realm: Realm }) {
  const [target, setTarget] = useState(appeal.what);
  const [answer, setAnswer] = useState('');
  const { changed } = useRetraction(realm);
  const rule = useMutation({
    mutationFn: (body: AppealDecision) => sendJson<Appeal>('POST', pathOf(appeal, 'decide', realm), body),
    onSuccess: changed,
  });
  const ready = answer.trim().length >= 3;
  const given = { answer: answer.trim() };
  return (
    <div className="sd-form">
      <TextInput
        label="What is retracted"
        description="A warning, a campaign or an indicator; the appellant’s own words unless you say better"
        maxLength={2100}
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <TextInput
        label="Answer"
        description="Sent to the address above, and, where you retract, to those who were told"
        required
        maxLength={500}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      {rule.isError ? <Failure error={rule.error} /> : null}
      <div className="sd-row">
        <Button
          color="red"
          variant="light"
          disabled={!ready}
          loading={rule.isPending}
          onClick={() => rule.mutate({ decision: 'retract', target: target.trim(), ...given })}
        >
          Retract it
        </Button>
        <Button
          variant="default"
          disabled={!ready}
          loading={rule.isPending}
          onClick={() => rule.mutate({ decision: 'reject', ...given })}
        >
          Keep it listed
        </Button>
      </div>
    </div>
  );
}

function Ruled({ appeal, realm }: { readonly appeal: Appeal; readonly realm: Realm }) {
  const client = useQueryClient();
  const { decided, mail, mailNote = '' } = appeal;
  const again = useMutation({
    mutationFn: () => sendJson<Appeal>('POST', pathOf(appeal, 'mail', realm), {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['appeals'] }),
  });
  if (decided === undefined) return null;
  return (
    <div className="sd-stack">
      <p className="sd-small">
        Decided <Time at={decided.at} /> by <InertText text={decided.by} max={100} />:{' '}
        <InertText text={decided.answer} max={500} />
      </p>
      <p className="sd-small sd-soft">
        {MAIL[mail]} {mailNote === '' ? null : <InertText text={mailNote} max={300} />}
      </p>
      {again.isError ? <Failure error={again.error} /> : null}
      {mail === 'failed' || mail === 'pending' ? (
        <div>
          <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            Send the answer again
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const pathOf = (appeal: Appeal, act: 'decide' | 'mail', realm: Realm): string =>
  withQuery(`/api/v1/appeals/${encodeURIComponent(appeal.id)}/${act}`, { realm });
