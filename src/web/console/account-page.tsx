import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';
import { SecondFactor } from './second-factor.tsx';

/** Who is signed in, and their second factor. */
export function AccountPage() {
  const me = useQuery(meQuery);
  return (
    <Page title="Your account">
      <Answer of={me} what="your account">
        {({ name, email, role, twoFactor }) => (
          <div className="sd-split">
            <Panel
              title="Second factor"
              side={<Tag tone={twoFactor ? 'green' : 'neutral'}>{twoFactor ? 'on' : 'off'}</Tag>}
            >
              <SecondFactor on={twoFactor} />
            </Panel>
            <Panel title="You">
              <Facts
                of={[
                  ['Name', name],
                  ['E-mail address', email],
                  ['Role', role],
                ]}
              />
            </Panel>
          </div>
        )}
      </Answer>
    </Page>
  );
}
