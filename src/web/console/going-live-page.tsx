import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { decoysQuery, imSettingsQuery, statusQuery } from '../api/console-queries.ts';
import type { Status } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Done } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { SubscribeForm } from '../pages/subscribe-form.tsx';
import { DecoyForm } from './decoy-form.tsx';
import { STEP_WORDS, type Step } from './going-live-steps.ts';
import { MailForm } from './mail-form.tsx';
import { MailTest } from './mail-test.tsx';
import { PurgePanel } from './purge-panel.tsx';
import './going-live.css';

/** From the demonstration to the real thing, a step at a time. Each step can be done again elsewhere in the console. */
export function GoingLivePage() {
  const status = useQuery(statusQuery);
  return (
    <Page title="Going live" lead="Four steps from the demonstration to real warnings. No file needs to be edited.">
      <Answer of={status} what="the steps">
        {({ goingLive }) =>
          goingLive.every(({ done }) => done) ? (
            <Done>
              Sundew is live. <Link to="/console">To the overview</Link>
            </Done>
          ) : (
            <Steps steps={goingLive} />
          )
        }
      </Answer>
    </Page>
  );
}

function Steps({ steps }: { readonly steps: Status['goingLive'] }) {
  const next = steps.find(({ done }) => !done)?.step;
  return (
    <ol className="sd-plain sd-stack">
      {steps.map(({ step, done }, at) => (
        <li key={step}>
          <Panel
            title={
              <span className={`sd-row ${done ? 'sd-step-done' : step === next ? 'sd-step-next' : ''}`}>
                <span className="sd-step-mark" aria-hidden="true">
                  {done ? '✓' : at + 1}
                </span>
                {STEP_WORDS[step].title}
                {done ? <span className="sd-hidden">(done)</span> : null}
              </span>
            }
          >
            <p className="sd-soft">{STEP_WORDS[step].text}</p>
            {step === 'mail' && done ? <MailTest /> : null}
            {step === next ? (
              <div className="sd-step-body">
                <StepBody step={step} />
              </div>
            ) : null}
          </Panel>
        </li>
      ))}
    </ol>
  );
}

/** What is set up can carry alerts; mail stands first, as the step before sets it up. */
function OwnSubscription() {
  const im = useQuery(imSettingsQuery);
  const accounts = im.data?.accounts ?? [];
  return (
    <SubscribeForm
      channels={['email', ...accounts.filter(({ configured }) => configured).map(({ network }) => network)]}
    />
  );
}

function StepBody({ step }: { readonly step: Step }) {
  switch (step) {
    case 'decoy':
      return <DecoyStep />;
    case 'mail':
      return <MailForm test={false} />;
    case 'subscriber':
      return (
        <>
          <p>Ask for alerts with an address of your own, then press the button in the message that comes.</p>
          <OwnSubscription />
        </>
      );
    case 'purge':
      return <PurgePanel />;
  }
}

function DecoyStep() {
  const decoys = useQuery(decoysQuery);
  const real = decoys.data?.decoys.filter(({ simulated }) => !simulated) ?? [];
  return (
    <div className="sd-stack">
      {real.length === 0 ? null : (
        <p>
          {real.map(({ name }) => name).join(', ')}: not signed on yet. <Link to="/console/decoys">See why</Link>, or
          add another.
        </p>
      )}
      <DecoyForm />
    </div>
  );
}
