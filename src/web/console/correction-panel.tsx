import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Correction, Realm, VerdictClass } from '../api/types.ts';
import { CLASSES } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { Failure } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Panel } from '../components/panel.tsx';
import { oneOf } from '../search-text.ts';

interface Props {
  readonly capture: string;
  readonly realm: Realm;
  readonly said: VerdictClass | undefined;
  readonly correction: Correction | undefined;
}

/** Says what a capture really was; the next model that is trained with corrections learns from it. */
export function CorrectionPanel({ capture, realm, said, correction }: Props) {
  const client = useQueryClient();
  const [really, setReally] = useState<VerdictClass | undefined>(correction?.class);
  const [note, setNote] = useState(correction?.note ?? '');
  const path = withQuery(`/api/v1/captures/${encodeURIComponent(capture)}/correction`, { realm });
  const done = () => client.invalidateQueries({ queryKey: ['capture', realm, capture] });
  const save = useMutation({
    mutationFn: (chosen: VerdictClass) => sendJson<Correction>('PUT', path, { class: chosen, note }),
    onSuccess: done,
  });
  const drop = useMutation({ mutationFn: () => sendJson<unknown>('DELETE', path), onSuccess: done });
  return (
    <Panel title="Correction">
      <div className="sd-stack">
        {correction === undefined ? (
          <p className="sd-soft">Was the verdict wrong? What you say here teaches the next model.</p>
        ) : (
          <p>
            <ClassTag value={correction.class} /> said <InertText text={correction.by} max={100} /> on{' '}
            {correction.at.slice(0, 10)}
          </p>
        )}
        <Select
          label="It really was"
          data={CLASSES.filter((each) => each !== said && each !== 'unknown')}
          value={really ?? null}
          onChange={(value) => setReally(oneOf(CLASSES, value))}
        />
        <TextInput label="Note" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {save.isError ? <Failure error={save.error} /> : null}
        {drop.isError ? <Failure error={drop.error} /> : null}
        <div className="sd-row">
          <Button
            disabled={really === undefined}
            loading={save.isPending}
            onClick={() => (really === undefined ? undefined : save.mutate(really))}
          >
            Correct the verdict
          </Button>
          {correction === undefined ? null : (
            <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
              Take the correction back
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
