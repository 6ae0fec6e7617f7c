import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { meQuery, statusQuery } from '../api/console-queries.ts';
import { signOut } from '../api/session.ts';
import { Failure } from '../components/feedback.tsx';
import { Tag } from '../components/tag.tsx';
import { RealmSwitch } from './realm-switch.tsx';
import { useRealm } from './use-realm.ts';

/** Whose pipeline, whether engagement is stopped, who is signed in. */
export function ConsoleBar() {
  const realm = useRealm();
  const router = useRouter();
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const status = useQuery(statusQuery);
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      router.history.push('/');
    },
  });
  const realms = status.data?.pipelines.map((pipeline) => pipeline.realm) ?? [];
  return (
    <div className="sd-console-bar">
      <div className="sd-row">
        {realms.length > 1 ? (
          <RealmSwitch realm={realm} realms={realms} />
        ) : (
          <Tag tone={realm === 'live' ? 'green' : 'yellow'}>{realm === 'live' ? 'Live' : 'Simulated'}</Tag>
        )}
        {status.data?.engagement.stopped === true ? (
          <Link to="/console">
            <Tag tone="red">Engagement stopped</Tag>
          </Link>
        ) : null}
      </div>
      <div className="sd-row sd-small">
        <Link to="/console/account" title="Your account and its second factor">
          {me.data?.name}
        </Link>
        <span className="sd-soft">{me.data?.role}</span>
        <Button size="compact-sm" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          Sign out
        </Button>
      </div>
      {leave.isError ? <Failure error={leave.error} /> : null}
    </div>
  );
}
