import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { warningQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { WarningView } from './warning-view.tsx';

const route = getRouteApi('/warnings/$id');

/** One warning, as everybody sees it. */
export function WarningPage() {
  const { id } = route.useParams();
  const warning = useQuery(warningQuery(id));
  return (
    <Answer of={warning} what="the warning">
      {(data) => <WarningView warning={data} />}
    </Answer>
  );
}
