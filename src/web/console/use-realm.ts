import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { statusQuery } from '../api/console-queries.ts';
import type { Realm } from '../api/types.ts';

/** The realm that is shown: the address's, else the server's own. Inside the console the status is always there. */
export function useRealm(): Realm {
  const { realm } = useSearch({ from: '/console' });
  const status = useQuery(statusQuery);
  return realm ?? status.data?.realm ?? 'live';
}
