import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { ApiFailure } from '../api/client.ts';
import { meQuery, statusQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Failure, Loading } from '../components/feedback.tsx';
import { ConsoleBar } from './console-bar.tsx';
import { ConsoleNav } from './console-nav.tsx';
import './console-layout.css';

/** Around every console page: who is signed in, whose pipeline is shown, and where to go. Strangers go to sign in. */
export function ConsoleLayout() {
  const me = useQuery(meQuery);
  const href = useRouterState({ select: (state) => state.location.href });
  // While the way to the sign-in page is being gone this layout is drawn once more, with that page's address.
  const leaving = !href.startsWith('/console');
  if (me.error instanceof ApiFailure && (me.error.status === 401 || me.error.status === 403)) {
    return leaving ? null : <Navigate to="/login" search={{ next: href }} replace />;
  }
  if (me.data === undefined) return me.error === null ? <Loading what="the console" /> : <Failure error={me.error} />;
  return <SignedIn />;
}

function SignedIn() {
  const status = useQuery(statusQuery);
  return (
    <div className="sd-console">
      <ConsoleNav />
      <div className="sd-stack">
        <Answer of={status} what="the state">
          {() => (
            <>
              <ConsoleBar />
              <Outlet />
            </>
          )}
        </Answer>
      </div>
    </div>
  );
}
