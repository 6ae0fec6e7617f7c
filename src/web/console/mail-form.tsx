import { useQuery } from '@tanstack/react-query';
import { mailSettingsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { MailFields } from './mail-fields.tsx';
import { MailTest } from './mail-test.tsx';
import './decoys.css';

interface MailFormProps {
  /** Whether the form for a test message is here; the steps of going live have their own. */
  readonly test?: boolean;
}

/** The mail server, and a test message once there is one. */
export function MailForm({ test = true }: MailFormProps) {
  const mail = useQuery(mailSettingsQuery);
  return (
    <Answer of={mail} what="the mail settings">
      {(state) => (
        <div className="sd-form-wide">
          <MailFields state={state} />
          {test && state.configured ? <MailTest /> : null}
        </div>
      )}
    </Answer>
  );
}
