// Where it is known from: timeline, references, imported sources, credits.
import { memo } from 'react';
import { type Part, TLP_WORDS } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { ChoiceField, NumberField, TextField } from '../../form/fields.tsx';
import { RowsField } from '../../form/rows-field.tsx';
import { ListField } from './list-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

type Set = Pick<EntryPartProps, 'set'>;
const HALF = 50;

export function OriginFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <Timeline timeline={entry.timeline} set={set} />
      <ListField field="references" word="reference" lines={entry.references} set={set} long ordered />
      <Sources sources={entry.sources} set={set} />
      <ListField field="credits" word="credit" hint="who found it or helped" lines={entry.credits} set={set} />
    </>
  );
}

const Timeline = memo(function Timeline({ timeline = [], set }: Set & Pick<ThreatEntry, 'timeline'>) {
  return (
    <RowsField<Part<'timeline'>>
      path="entry.timeline"
      label="Timeline"
      word="event"
      hint="Readers see it by date, together with sightings and warnings."
      rows={timeline}
      onRows={(rows) => set({ timeline: orNone(rows) })}
      blank={() => ({ at: '', what: '' })}
    >
      {({ value, path, set: change }) => (
        <>
          <TextField
            path={`${path}.at`}
            label="When"
            required
            placeholder="year, month or day"
            value={value.at}
            onChange={(at) => change({ ...value, at })}
          />
          <TextField
            path={`${path}.what`}
            label="What happened"
            required
            value={value.what}
            onChange={(what) => change({ ...value, what })}
          />
        </>
      )}
    </RowsField>
  );
});

const Sources = memo(function Sources({ sources = [], set }: Set & Pick<ThreatEntry, 'sources'>) {
  return (
    <RowsField<Part<'sources'>>
      path="entry.sources"
      label="Imported sources"
      word="source"
      hint="Everybody reads those of TLP:CLEAR only."
      rows={sources}
      onRows={(rows) => set({ sources: orNone(rows) })}
      blank={() => ({ name: '', origin: '', ref: '', tlp: 'amber', confidence: HALF })}
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
            path={`${path}.origin`}
            label="Origin"
            required
            placeholder="misp-galaxy, stix …"
            value={value.origin}
            onChange={(origin) => change({ ...value, origin })}
          />
          <TextField
            path={`${path}.ref`}
            label="Id there"
            required
            value={value.ref}
            onChange={(ref) => change({ ...value, ref })}
          />
          <ChoiceField
            path={`${path}.tlp`}
            label="TLP"
            words={TLP_WORDS}
            value={value.tlp}
            onChange={(tlp) => change({ ...value, tlp })}
          />
          <NumberField
            path={`${path}.confidence`}
            label="Confidence, 0 to 100"
            value={value.confidence}
            onChange={(confidence) => change({ ...value, confidence })}
          />
        </>
      )}
    </RowsField>
  );
});
