// What to do about it: advice, who can do what, and what finds it.
import { memo } from 'react';
import { AUDIENCE_WORDS, type Audience, DETECTION_WORDS, type Part } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { AreaField, ChoiceField, TextField } from '../../form/fields.tsx';
import { LinesField } from '../../form/lines-field.tsx';
import { RowsField } from '../../form/rows-field.tsx';
import { ListField } from './list-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

type Set = Pick<EntryPartProps, 'set'>;
const AUDIENCES = Object.keys(AUDIENCE_WORDS) as Audience[];

/** Advice in general, and for each audience. */
export function ActionFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <Actions actions={entry.actions} set={set} />
      <ListField field="avoid" word="way to avoid it" lines={entry.avoid} set={set} long ordered />
      <ListField field="remove" word="way to remove it" lines={entry.remove} set={set} long ordered />
    </>
  );
}

const Actions = memo(function Actions({ actions = {}, set }: Set & Pick<ThreatEntry, 'actions'>) {
  return AUDIENCES.map((who) => (
    <LinesField
      key={who}
      path={`entry.actions.${who}`}
      label={`${AUDIENCE_WORDS[who]}, one can`}
      word={`action of the ${who}`}
      lines={actions[who] ?? []}
      onLines={(lines) => {
        const next = { ...actions, [who]: orNone(lines) };
        set({ actions: AUDIENCES.every((one) => next[one] === undefined) ? undefined : next });
      }}
      long
      ordered
    />
  ));
});

/** Detection and techniques. */
export function DetectionFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <Detection detection={entry.detection} set={set} />
      <Techniques techniques={entry.techniques} set={set} />
    </>
  );
}

const Detection = memo(function Detection({ detection = [], set }: Set & Pick<ThreatEntry, 'detection'>) {
  return (
    <RowsField<Part<'detection'>>
      path="entry.detection"
      label="Detection"
      word="means of detection"
      rows={detection}
      onRows={(rows) => set({ detection: orNone(rows) })}
      blank={() => ({ kind: 'lure', text: '' })}
      ordered
    >
      {({ value, path, set: change }) => (
        <>
          <ChoiceField
            path={`${path}.kind`}
            label="Kind"
            words={DETECTION_WORDS}
            value={value.kind}
            onChange={(kind) => change({ ...value, kind })}
          />
          <div className="sd-form-full">
            <AreaField
              path={`${path}.text`}
              label={DETECTION_WORDS[value.kind]}
              rows={value.kind === 'yara' ? 6 : 1}
              code={value.kind !== 'lure'}
              value={value.text}
              onChange={(text) => change({ ...value, text })}
            />
          </div>
        </>
      )}
    </RowsField>
  );
});

const Techniques = memo(function Techniques({ techniques, set }: Set & Pick<ThreatEntry, 'techniques'>) {
  return (
    <RowsField<Part<'techniques'>>
      path="entry.techniques"
      label="ATT&CK techniques"
      word="technique"
      rows={techniques}
      onRows={(rows) => set({ techniques: [...rows] })}
      blank={() => ({ id: '', name: '' })}
    >
      {({ value, path, set: change }) => (
        <>
          <TextField
            path={`${path}.id`}
            label="Id"
            required
            placeholder="T1566.003"
            value={value.id}
            onChange={(id) => change({ ...value, id })}
          />
          <TextField
            path={`${path}.name`}
            label="Name"
            value={value.name}
            onChange={(name) => change({ ...value, name })}
          />
        </>
      )}
    </RowsField>
  );
});
