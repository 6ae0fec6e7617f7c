import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { restingEntriesQuery } from '../api/console-queries.ts';
import type { Realm, RestingEntries, RetractionDone } from '../api/types.ts';
import { InertText } from '../components/inert-text.tsx';
import { ReasonButton } from './reason-button.tsx';
import { useRetraction } from './use-retraction.ts';

interface Props {
  /** Id of a warning or campaign, or an indicator, as it was typed. */
  readonly target: string;
  readonly title: string;
  readonly realm: Realm;
  /** What will happen. */
  readonly children: ReactNode;
  readonly onDone?: (done: RetractionDone) => void;
}

/** The button that takes something back, and with it, where that is wanted, the entries that were published from it. */
export function RetractButton({ target, title, realm, children, onDone }: Props) {
  const { retract } = useRetraction(realm);
  const [opened, setOpened] = useState(false);
  const [withEntries, setWithEntries] = useState(false);
  const resting = useQuery({ ...restingEntriesQuery(realm, target), enabled: opened && target.length >= 3 });
  const entries = resting.data?.entries ?? [];
  const run = async (reason: string) => {
    const done = await retract({ target, reason, withEntries: withEntries && entries.length > 0 });
    onDone?.(done);
    setOpened(false);
    setWithEntries(false);
  };
  return (
    <ReasonButton label="Retract …" title={title} action="Retract" onOpen={() => setOpened(true)} onReason={run}>
      {children}
      {entries.length === 0 ? null : <Published entries={entries} value={withEntries} onChange={setWithEntries} />}
    </ReasonButton>
  );
}

interface PublishedProps extends RestingEntries {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Published({ entries, value, onChange }: PublishedProps) {
  return (
    <>
      <p>Published in the knowledge base from it, and so to stay unless they are withdrawn:</p>
      <ul>
        {entries.map(({ id, name }) => (
          <li key={id}>
            <Link to="/threats/$id" params={{ id }} target="_blank">
              <InertText text={name} max={200} />
            </Link>
          </li>
        ))}
      </ul>
      <Checkbox
        label="Withdraw them, too; undoing it restores them"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </>
  );
}
