import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { consoleWarningQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Panel } from '../components/panel.tsx';
import { WarningView } from '../pages/warning-view.tsx';
import { RetractAction } from './retract-action.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/warnings/$id');

/** One warning with exact counts and forecast. */
export function ConsoleWarningPage() {
  const { id } = route.useParams();
  const realm = useRealm();
  const warning = useQuery(consoleWarningQuery(realm, id));
  return (
    <Answer of={warning} what="the warning">
      {(data) => (
        <div className="sd-stack">
          <Panel title="Retraction">
            <RetractAction target={data.id} realm={realm} retracted={data.retracted} />
          </Panel>
          <WarningView warning={data} />
        </div>
      )}
    </Answer>
  );
}
