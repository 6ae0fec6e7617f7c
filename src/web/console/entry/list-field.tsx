import { memo } from 'react';
import { FIELD_WORDS } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { LinesField, type LinesFieldProps } from '../../form/lines-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

const OPTIONAL = ['steps', 'credits', 'networksNotAffected'] as const;
type Lists = {
  [F in keyof ThreatEntry]-?: NonNullable<ThreatEntry[F]> extends string[] ? F : never;
}[keyof ThreatEntry];

type Props = Pick<EntryPartProps, 'set'> &
  Pick<LinesFieldProps, 'word' | 'hint' | 'ordered' | 'long' | 'suggest'> & {
    readonly field: Lists;
    readonly lines: readonly string[] | undefined;
  };

/** A field of the entry that is a list of lines. */
export const ListField = memo(function ListField({ field, lines = [], set, ...rest }: Props) {
  const optional = (OPTIONAL as readonly string[]).includes(field);
  return (
    <LinesField
      {...rest}
      path={`entry.${field}`}
      label={FIELD_WORDS[field]}
      lines={lines}
      onLines={(next) => set({ [field]: optional ? orNone(next) : [...next] })}
    />
  );
});
