import type { Mailbox } from '../api/types.ts';
import { Facts } from '../components/facts.tsx';
import { Empty } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';

/** One mail, as plain text. */
export function MailView({ mail }: { readonly mail: Mailbox['mails'][number] | undefined }) {
  if (mail === undefined) return <Empty>This mail is not in the mailbox any more.</Empty>;
  return (
    <Panel title={mail.subject} side={<Time at={mail.at} />}>
      <div className="sd-stack">
        <InertText as="block" text={mail.text} />
        <details>
          <summary>Headers</summary>
          <Facts
            of={Object.entries(mail.headers).map(
              ([name, value]) => [name, <InertText key={name} text={value} max={2_000} />] as const,
            )}
          />
        </details>
      </div>
    </Panel>
  );
}
