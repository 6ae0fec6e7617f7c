// What an entry is, in short.
import { FIELD_WORDS, STATUS_WORDS, TLP_WORDS, TYPE_WORDS, VECTOR_WORDS } from '../../api/entry-words.ts';
import { SEVERITY_WORDS, THREAT_NETWORK_WORDS } from '../../api/words.ts';
import { ChoiceField, TextField, TickField } from '../../form/fields.tsx';
import { ListField } from './list-field.tsx';
import type { EntryPartProps } from './types.ts';

const WHEN = 'year, month or day';
const NETWORKS = Object.entries(THREAT_NETWORK_WORDS);
const VECTORS = Object.entries(VECTOR_WORDS);
const LINES = [
  ['name', { required: true }],
  ['type', { required: true, suggest: Object.entries(TYPE_WORDS) }],
  ['firstSeen', { required: true, placeholder: WHEN }],
] as const;

/** Facts, names and networks. */
export function FactsFields({ entry, set }: EntryPartProps) {
  return (
    <>
      <div className="sd-form-grid">
        {LINES.map(([field, more]) => (
          <TextField
            key={field}
            {...more}
            path={`entry.${field}`}
            label={FIELD_WORDS[field]}
            value={entry[field]}
            onChange={(text) => set({ [field]: text })}
          />
        ))}
        <TextField
          path="entry.lastSeen"
          label={FIELD_WORDS.lastSeen}
          placeholder={WHEN}
          value={entry.lastSeen ?? ''}
          onChange={(lastSeen) => set({ lastSeen: lastSeen === '' ? undefined : lastSeen })}
        />
        <Judged entry={entry} set={set} />
      </div>
      <TextField
        path="entry.severityReason"
        label={FIELD_WORDS.severityReason}
        value={entry.severityReason}
        onChange={(severityReason) => set({ severityReason })}
      />
      <TickField
        path="entry.confirmed"
        label="Confirmed by a source or by our own captures"
        value={entry.confirmed}
        onChange={(confirmed) => set({ confirmed })}
      />
      <div className="sd-form-columns">
        <ListField field="aliases" word="name" lines={entry.aliases} set={set} />
        <ListField field="networks" word="network" lines={entry.networks} set={set} suggest={NETWORKS} />
        <ListField
          field="networksNotAffected"
          word="unaffected network"
          lines={entry.networksNotAffected}
          set={set}
          suggest={NETWORKS}
        />
        <ListField field="vectors" word="way" lines={entry.vectors} set={set} suggest={VECTORS} />
      </div>
    </>
  );
}

function Judged({ entry, set }: EntryPartProps) {
  return (
    <>
      <ChoiceField
        path="entry.severity"
        label={FIELD_WORDS.severity}
        words={SEVERITY_WORDS}
        value={entry.severity}
        onChange={(severity) => set({ severity })}
      />
      <ChoiceField
        path="entry.status"
        label={FIELD_WORDS.status}
        words={STATUS_WORDS}
        value={entry.status}
        onChange={(status) => set({ status })}
      />
      <ChoiceField
        path="entry.tlp"
        label={FIELD_WORDS.tlp}
        words={TLP_WORDS}
        value={entry.tlp}
        onChange={(tlp) => set({ tlp })}
      />
      <TextField
        path="entry.source"
        label={FIELD_WORDS.source}
        value={entry.source}
        onChange={(source) => set({ source })}
      />
    </>
  );
}
