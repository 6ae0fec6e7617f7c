import { useQuery } from '@tanstack/react-query';
import { usersQuery } from '../api/console-queries.ts';
import type { Me } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { Tag } from '../components/tag.tsx';
import { UserForm } from './user-form.tsx';

const HEADS = ['Name', 'E-mail address', 'Role', 'Second factor'] as const;

/** Who may sign in; for admins. */
export function UsersPage() {
  const users = useQuery(usersQuery);
  return (
    <Page title="Users" lead="Who may sign in to this console. Nobody can register by themselves.">
      <Answer of={users} what="the users">
        {({ users: list }) => (
          <RowsTable heads={HEADS}>
            {list.map((user) => (
              <Row key={user.email} user={user} />
            ))}
          </RowsTable>
        )}
      </Answer>
      <Panel title="Add a user">
        <UserForm />
      </Panel>
    </Page>
  );
}

function Row({ user }: { readonly user: Me }) {
  return (
    <tr>
      <td data-label="Name">{user.name}</td>
      <td data-label="E-mail address">{user.email}</td>
      <td className="sd-tight" data-label="Role">
        <Tag tone={user.role === 'admin' ? 'blue' : 'neutral'}>{user.role}</Tag>
      </td>
      <td className="sd-tight" data-label="Second factor">
        {user.twoFactor ? <Tag tone="green">on</Tag> : <span className="sd-soft">off</span>}
      </td>
    </tr>
  );
}
