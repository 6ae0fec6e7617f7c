// What the form for a new decoy holds, and how it becomes the configuration that the API takes.
import { type DecoyField, decoyKindOf, FIRST_KIND } from './decoy-kinds.ts';

/** Everything as typed, by field; absent or empty means not given. */
export interface DecoyDraft {
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

export const EMPTY_DRAFT: DecoyDraft = { type: FIRST_KIND, name: '', values: {} };

/** What a ticked box holds. */
export const TICKED = 'yes';

/** What a field shows: what was typed, or the first of its choices. */
export function shownValue(draft: DecoyDraft, { key, choices }: DecoyField): string {
  const typed = draft.values[key] ?? '';
  if (choices === undefined) return typed;
  return String((choices.find(([value]) => String(value) === typed) ?? choices[0])?.[0] ?? '');
}

/** Whether a field must be filled in, as things stand in the draft. */
export function isRequired(draft: DecoyDraft, { required, with: other }: DecoyField): boolean {
  return required === true || (other !== undefined && (draft.values[other] ?? '').trim() !== '');
}

/** The configuration of a draft, of the fields of its kind alone. The server has the last word on whether it is right. */
export function decoyConfigOf(draft: DecoyDraft): Readonly<Record<string, unknown>> {
  const { settings, fields } = decoyKindOf(draft.type);
  const config: Record<string, unknown> = { name: draft.name.trim(), ...settings, enabled: true };
  for (const field of fields) {
    const value = settingOf(field, shownValue(draft, field));
    if (value === undefined) continue;
    const [key = '', inner] = field.key.split('.');
    const outer = config[key];
    if (inner === undefined) config[key] = value;
    else config[key] = { ...(typeof outer === 'object' ? outer : {}), [inner]: value };
  }
  return config;
}

function settingOf(field: DecoyField, typed: string): unknown {
  const text = field.input === 'password' ? typed : typed.trim();
  if (text === '') return undefined;
  switch (field.input) {
    case 'number':
      return Number(text);
    case 'words':
      return text.split(/[\s,]+/).filter((word) => word !== '');
    case 'choice':
      return field.choices?.find(([value]) => String(value) === text)?.[0];
    case 'consent':
      return true;
    default:
      return text;
  }
}
