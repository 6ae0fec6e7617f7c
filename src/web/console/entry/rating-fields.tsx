// How bad it is, each from 1 to 5 with the reason.
import { memo } from 'react';
import { type Part, RATED_WORDS, type Rated } from '../../api/entry-words.ts';
import type { ThreatEntry } from '../../api/types.ts';
import { ChoiceField, TextField } from '../../form/fields.tsx';
import { RowsField } from '../../form/rows-field.tsx';
import { type EntryPartProps, orNone } from './types.ts';

const VALUES = { 1: '1, least', 2: '2', 3: '3', 4: '4', 5: '5, most' } as const;
const RATED = Object.keys(RATED_WORDS) as Rated[];
const MIDDLE = 3;

type Props = Pick<EntryPartProps, 'set'> & Pick<ThreatEntry, 'ratings'>;

export const RatingFields = memo(function RatingFields({ ratings = [], set }: Props) {
  const next = RATED.find((of) => ratings.every((one) => one.of !== of));
  return (
    <RowsField<Part<'ratings'>>
      path="entry.ratings"
      label="Ratings"
      word="rating"
      hint="“Recovery” is how hard it is to be rid of it."
      rows={ratings}
      onRows={(rows) => set({ ratings: orNone(rows) })}
      blank={() => (next === undefined ? undefined : { of: next, value: MIDDLE, reason: '' })}
    >
      {({ value, path, set: change }) => (
        <>
          <ChoiceField
            path={`${path}.of`}
            label="What"
            words={RATED_WORDS}
            value={value.of}
            onChange={(of) => change({ ...value, of })}
          />
          <ChoiceField
            path={`${path}.value`}
            label="How much"
            words={VALUES as Readonly<Record<string, string>>}
            value={String(value.value)}
            onChange={(chosen) => change({ ...value, value: Number(chosen) })}
          />
          <div className="sd-form-broad">
            <TextField
              path={`${path}.reason`}
              label="Why"
              required
              value={value.reason}
              onChange={(reason) => change({ ...value, reason })}
            />
          </div>
        </>
      )}
    </RowsField>
  );
});
