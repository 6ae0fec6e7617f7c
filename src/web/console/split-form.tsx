import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../components/panel.tsx';
import { TextField } from '../form/fields.tsx';
import { type EntryAtDesk, MoveForm } from './move-form.tsx';

const TITLE = 'Split a variant off';

/** A variant or alias that has grown into a threat of its own becomes an entry. */
export function SplitForm({ threat, unsaved }: EntryAtDesk) {
  const { variants = [], aliases } = threat.entry;
  const names = [...new Set([...variants.map(({ name }) => name), ...aliases])];
  const [variant, setVariant] = useState(names[0] ?? '');
  const [id, setId] = useState('');
  if (names.length === 0)
    return (
      <Panel title={TITLE}>
        <p className="sd-soft">There is none: add the variant or the other name above, save it, then split it off.</p>
      </Panel>
    );
  return (
    <MoveForm
      threat={threat}
      unsaved={unsaved}
      act="split"
      title={TITLE}
      help="The variant or other name becomes an entry of its own that points back here."
      button="Split off"
      what={{ id: id.trim(), variant }}
    >
      <NativeSelect
        label="Variant or other name"
        data={names}
        value={variant}
        onChange={(event) => setVariant(event.currentTarget.value)}
      />
      <TextField
        path="id"
        label="Id of the new entry"
        hint="channel.family.network, as im.kelvir.msn"
        required
        value={id}
        onChange={setId}
      />
    </MoveForm>
  );
}
