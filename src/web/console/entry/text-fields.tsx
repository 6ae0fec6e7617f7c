// What an entry tells: its prose, and what the threat does step by step.
import { memo } from 'react';
import { FIELD_WORDS } from '../../api/entry-words.ts';
import { AreaField } from '../../form/fields.tsx';
import { ListField } from './list-field.tsx';
import type { EntryPartProps } from './types.ts';

const TEXTS = ['summary', 'lure', 'payload', 'atRisk', 'notes'] as const;

/** What it tells, and its steps. */
export function TextFields({ entry, set }: EntryPartProps) {
  return (
    <>
      {TEXTS.map((field) => (
        <Text key={field} field={field} text={entry[field]} set={set} />
      ))}
      <ListField
        field="steps"
        word="step"
        hint="Enter goes on in the next step; pasted lines become steps."
        long
        ordered
        lines={entry.steps}
        set={set}
      />
      <WriteUp text={entry.writeUp} set={set} />
    </>
  );
}

const WriteUp = memo(function WriteUp({
  text = '',
  set,
}: Pick<EntryPartProps, 'set'> & { readonly text: string | undefined }) {
  return (
    <AreaField
      path="entry.writeUp"
      label={FIELD_WORDS.writeUp}
      hint="Markdown, for all that no field holds; how it reads is shown below, before you store it"
      rows={4}
      value={text}
      onChange={(next) => set({ writeUp: next === '' ? undefined : next })}
    />
  );
});

interface TextProps extends Pick<EntryPartProps, 'set'> {
  readonly field: (typeof TEXTS)[number];
  readonly text: string;
}

// Drawn anew only when it changes: measuring the height of every text at every key is felt.
const Text = memo(function Text({ field, text, set }: TextProps) {
  return (
    <AreaField
      path={`entry.${field}`}
      label={FIELD_WORDS[field]}
      rows={field === 'summary' ? 5 : 2}
      value={text}
      onChange={(next) => set({ [field]: next })}
    />
  );
});
