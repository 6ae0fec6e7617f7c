import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { consoleWarningQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { WarningView } from '../pages/warning-view.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/warnings/$id');

/** One warning with exact counts and forecast. */
export function ConsoleWarningPage() {
  const { id } = route.useParams();
  const realm = useRealm();
  const warning = useQuery(consoleWarningQuery(realm, id));
  return (
    <Answer of={warning} what="the warning">
      {(data) => <WarningView warning={data} />}
    </Answer>
  );
}
