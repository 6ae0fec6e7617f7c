// The fields of a threat's entry.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ThreatEntry } from '../api/types.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../api/words.ts';
import { linesOf, TEXT_FIELDS, techniquesOf, techniquesText } from './threat-text.ts';

interface FieldsProps {
  readonly entry: ThreatEntry;
  readonly set: (part: Partial<ThreatEntry>) => void;
}

const STATUSES = [
  'emerging',
  'active',
  'declining',
  'dormant',
  'historic',
] as const satisfies readonly ThreatEntry['status'][];
const TLPS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const satisfies readonly ThreatEntry['tlp'][];
const FACTS = [
  ['name', 'Name', true],
  ['type', 'Type', true],
  ['firstSeen', 'First seen', true],
  ['severityReason', 'Severity, why', false],
  ['source', 'Source', false],
] as const;

/** What fits on a line. */
export function ThreatFactFields({ entry, set }: FieldsProps) {
  return (
    <div className="sd-form-grid">
      {FACTS.map(([field, label, required]) => (
        <TextInput
          key={field}
          label={label}
          required={required}
          value={entry[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        label="Severity"
        value={entry.severity}
        data={SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
        onChange={(event) => set({ severity: pick(SEVERITIES, event.currentTarget.value, entry.severity) })}
      />
      <NativeSelect
        label="Status"
        value={entry.status}
        data={[...STATUSES]}
        onChange={(event) => set({ status: pick(STATUSES, event.currentTarget.value, entry.status) })}
      />
      <NativeSelect
        label="TLP"
        value={entry.tlp}
        data={[...TLPS]}
        onChange={(event) => set({ tlp: pick(TLPS, event.currentTarget.value, entry.tlp) })}
      />
      <Checkbox
        label="Confirmed"
        checked={entry.confirmed}
        onChange={(event) => set({ confirmed: event.currentTarget.checked })}
      />
    </div>
  );
}

const LISTS = [
  ['aliases', 'Also called'],
  ['networks', 'Networks (slugs)'],
  ['vectors', 'How it spreads'],
  ['avoid', 'How to avoid it'],
  ['remove', 'How to remove it'],
  ['references', 'References'],
] as const;

/** What takes more than a line. Lists are a line each. */
export function ThreatTextFields({ entry, set }: FieldsProps) {
  return (
    <div className="sd-form-wide">
      {TEXT_FIELDS.map(([field, label]) => (
        <Textarea
          key={field}
          label={label}
          rows={field === 'summary' ? 5 : 3}
          maxLength={20_000}
          value={entry[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      {LISTS.map(([field, label]) => (
        <Textarea
          key={field}
          label={label}
          description="one a line"
          rows={3}
          defaultValue={entry[field].join('\n')}
          onChange={(event) => set({ [field]: linesOf(event.currentTarget.value) })}
        />
      ))}
      <Textarea
        label="ATT&CK techniques"
        description="one a line: id, then name"
        rows={3}
        defaultValue={techniquesText(entry.techniques)}
        onChange={(event) => set({ techniques: techniquesOf(event.currentTarget.value) })}
      />
    </div>
  );
}

function pick<T extends string>(words: readonly T[], value: string, otherwise: T): T {
  return words.find((word) => word === value) ?? otherwise;
}
