// What it comes in and hits: variants, clients, and how it stands to other entries.
import { memo } from 'react';
import { type Part, RELATION_WORDS } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { ChoiceField, TextField } from '../../form/fields.tsx';
import { LinesField } from '../../form/lines-field.tsx';
import { RowsField } from '../../form/rows-field.tsx';
import { EntryField } from './entry-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

type Set = Pick<EntryPartProps, 'set'>;

/** Variants and clients. */
export function VariantFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <Variants variants={entry.variants} set={set} />
      <Clients clients={entry.clients} set={set} />
    </>
  );
}

const Variants = memo(function Variants({ variants = [], set }: Set & Pick<ThreatEntry, 'variants'>) {
  return (
    <RowsField<Part<'variants'>>
      path="entry.variants"
      label="Variants"
      word="variant"
      rows={variants}
      onRows={(rows) => set({ variants: orNone(rows) })}
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
          <TextField
            path={`${path}.seen`}
            label="First seen"
            placeholder="year, month or day"
            value={value.seen ?? ''}
            onChange={(seen) => change({ ...value, seen: seen === '' ? undefined : seen })}
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

const NONE: NonNullable<ThreatEntry['clients']> = { affected: [], notAffected: [] };
const CLIENTS = [
  ['affected', 'Clients affected', 'affected client'],
  ['notAffected', 'Clients not affected', 'unaffected client'],
] as const;

const Clients = memo(function Clients({ clients = NONE, set }: Set & Pick<ThreatEntry, 'clients'>) {
  return (
    <div className="sd-form-columns">
      {CLIENTS.map(([which, label, word]) => (
        <LinesField
          key={which}
          path={`entry.clients.${which}`}
          label={label}
          word={word}
          hint="with their versions"
          lines={clients[which]}
          onLines={(lines) => {
            const next = { ...clients, [which]: [...lines] };
            set({ clients: next.affected.length + next.notAffected.length === 0 ? undefined : next });
          }}
        />
      ))}
    </div>
  );
});

/** How it stands to other entries. */
export const RelationFields = memo(function RelationFields({
  relations = [],
  set,
}: Set & Pick<ThreatEntry, 'relations'>) {
  return (
    <RowsField<Part<'relations'>>
      path="entry.relations"
      label="Relations"
      word="relation"
      hint="“Merged into” alone only points there; merging on this page moves names and indicators, too."
      rows={relations}
      onRows={(rows) => set({ relations: orNone(rows) })}
      blank={() => ({ kind: 'related-to', threat: '' })}
    >
      {({ value, path, set: change }) => (
        <>
          <ChoiceField
            path={`${path}.kind`}
            label="How"
            words={RELATION_WORDS}
            value={value.kind}
            onChange={(kind) => change({ ...value, kind })}
          />
          <EntryField
            path={`${path}.threat`}
            label="Entry"
            value={value.threat}
            onChange={(threat) => change({ ...value, threat })}
          />
        </>
      )}
    </RowsField>
  );
});
