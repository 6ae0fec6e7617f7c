import { useQuery } from '@tanstack/react-query';
import { mailSettingsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { MailFields } from './mail-fields.tsx';
import { MailTest } from './mail-test.tsx';
import './decoys.css';

/** The mail server, and a test message once there is one. */
export function MailForm() {
  const mail = useQuery(mailSettingsQuery);
  return (
    <Answer of={mail} what="the mail settings">
      {(state) => (
        <div className="sd-form-wide">
          <MailFields state={state} />
          {state.configured ? <MailTest /> : null}
        </div>
      )}
    </Answer>
  );
}
