// How it comes: its lure in each language, its files, and whether it answers.
import { memo } from 'react';
import { FIELD_WORDS, LANGUAGE_WORDS, type Part } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { AreaField, ChoiceField, NumberField, TextField } from '../../form/fields.tsx';
import { RowsField } from '../../form/rows-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

type Set = Pick<EntryPartProps, 'set'>;
const LANGUAGES = Object.entries(LANGUAGE_WORDS);
const ANSWERS = { '': 'not known', yes: 'yes', no: 'no' } as const;

/** Lures, files, answers. */
export function ComingFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <Lures lures={entry.lures} set={set} />
      <Files files={entry.files} set={set} />
      <Answers answers={entry.answers} set={set} />
    </>
  );
}

const Lures = memo(function Lures({ lures = [], set }: Set & Pick<ThreatEntry, 'lures'>) {
  return (
    <RowsField<Part<'lures'>>
      path="entry.lures"
      label={FIELD_WORDS.lures}
      word="lure"
      hint="The message itself; what changes from one to the next stands as …"
      rows={lures}
      onRows={(rows) => set({ lures: orNone(rows) })}
      blank={() => ({ language: 'en', text: '' })}
      ordered
    >
      {({ value, path, set: change }) => (
        <>
          <TextField
            path={`${path}.language`}
            label="Language"
            required
            suggest={LANGUAGES}
            value={value.language}
            onChange={(language) => change({ ...value, language })}
          />
          <div className="sd-form-full">
            <AreaField
              path={`${path}.text`}
              label="Message"
              rows={1}
              value={value.text}
              onChange={(text) => change({ ...value, text })}
            />
          </div>
        </>
      )}
    </RowsField>
  );
});

const Files = memo(function Files({ files = [], set }: Set & Pick<ThreatEntry, 'files'>) {
  return (
    <RowsField<Part<'files'>>
      path="entry.files"
      label={FIELD_WORDS.files}
      word="file"
      rows={files}
      onRows={(rows) => set({ files: orNone(rows) })}
      blank={() => ({ name: '', note: '' })}
      ordered
    >
      {({ value, path, set: change }) => (
        <>
          <TextField
            path={`${path}.name`}
            label="Name"
            required
            value={value.name}
            onChange={(name) => change({ ...value, name })}
          />
          <NumberField
            path={`${path}.size`}
            label="Bytes"
            value={value.size ?? Number.NaN}
            onChange={(size) => change({ ...value, size })}
            onNothing={() => change({ ...value, size: undefined })}
          />
          <TextField
            path={`${path}.note`}
            label="Note"
            value={value.note}
            onChange={(note) => change({ ...value, note })}
          />
        </>
      )}
    </RowsField>
  );
});

const Answers = memo(function Answers({ answers, set }: Set & Pick<ThreatEntry, 'answers'>) {
  const chosen = answers === undefined ? '' : answers.does ? 'yes' : 'no';
  return (
    <div className="sd-form-grid">
      <ChoiceField
        path="entry.answers.does"
        label="Does it answer who writes back"
        words={ANSWERS}
        value={chosen}
        onChange={(next) =>
          set({ answers: next === '' ? undefined : { does: next === 'yes', how: answers?.how ?? '' } })
        }
      />
      {answers === undefined ? null : (
        <TextField
          path="entry.answers.how"
          label={answers.does ? 'How it answers' : 'What happens instead'}
          value={answers.how}
          onChange={(how) => set({ answers: { ...answers, how } })}
        />
      )}
    </div>
  );
});
