import { useState } from 'react';
import { EntryField } from './entry/entry-field.tsx';
import { type EntryAtDesk, MoveForm } from './move-form.tsx';

/** This entry is another one under a second name: it goes into that one. */
export function MergeForm({ threat, unsaved }: EntryAtDesk) {
  const [into, setInto] = useState('');
  return (
    <MoveForm
      threat={threat}
      unsaved={unsaved}
      act="merge"
      title="Merge into another entry"
      help="For one threat under two names. Names, variants, references and indicators go to the entry that stays; this one stays as a pointer to it."
      button="Merge"
      what={{ into: into.trim() }}
    >
      <EntryField path="into" label="Entry that stays" value={into} onChange={setInto} />
    </MoveForm>
  );
}
