// The fields of a kind of decoy, drawn from its table.
import { Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { CaField } from './ca-field.tsx';
import { type DecoyDraft, isRequired, shownValue, TICKED } from './decoy-draft.ts';
import { type DecoyField, decoyKindOf } from './decoy-kinds.ts';

interface FieldsProps {
  readonly draft: DecoyDraft;
  readonly set: (key: string, value: string) => void;
}

/** All fields of the draft's kind. */
export function DecoyFields({ draft, set }: FieldsProps) {
  return decoyKindOf(draft.type).fields.map((field) => (
    <Field key={`${draft.type} ${field.key}`} field={field} draft={draft} set={set} />
  ));
}

function Field({ field, draft, set }: FieldsProps & { readonly field: DecoyField }) {
  const value = shownValue(draft, field);
  const shared = { label: field.label, description: field.hint ?? null, autoComplete: 'off' };
  const required = isRequired(draft, field);
  const onChange = (event: { readonly currentTarget: { readonly value: string } }) =>
    set(field.key, event.currentTarget.value);
  switch (field.input) {
    case 'pem':
      return <CaField value={value} onChange={(pem) => set(field.key, pem)} />;
    case 'password':
      return <PasswordInput {...shared} required={required} value={value} onChange={onChange} />;
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          value={value}
          data={(field.choices ?? []).map(([choice, label]) => ({ value: String(choice), label }))}
          onChange={onChange}
        />
      );
    case 'consent':
      return (
        <Checkbox
          className="sd-form-full"
          label={field.label}
          description={field.hint ?? null}
          checked={value === TICKED}
          onChange={(event) => set(field.key, event.currentTarget.checked ? TICKED : '')}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          placeholder={field.example ?? ''}
          required={required}
          {...(field.input === 'number' ? { inputMode: 'numeric' as const, pattern: '[0-9]{1,5}' } : {})}
          value={value}
          onChange={onChange}
        />
      );
  }
}
