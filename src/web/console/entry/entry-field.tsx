import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { entriesQuery } from '../../api/console-queries.ts';
import { TextField } from '../../form/fields.tsx';
import { useRealm } from '../use-realm.ts';

interface Props {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const SHORTEST = 2;
const OFFERED = 10;

/** The id of another entry; what is typed of its name finds it. */
export function EntryField({ value, ...rest }: Props) {
  const realm = useRealm();
  const typed = value.trim();
  const found = useQuery({
    ...entriesQuery({ realm, q: typed, limit: OFFERED }),
    enabled: typed.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });
  const entries = found.data?.entries ?? [];
  return (
    <TextField
      {...rest}
      value={value}
      required
      placeholder="a part of its name, or its id"
      hint={entries.find(({ id }) => id === typed)?.name}
      suggest={entries.map(({ id, name }) => [id, name])}
    />
  );
}
