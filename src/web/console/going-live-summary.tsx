import { Link } from '@tanstack/react-router';
import type { Status } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import { STEP_WORDS } from './going-live-steps.ts';
import './going-live.css';

/** How far this Sundew is from being real. */
export function GoingLiveSummary({ steps }: { readonly steps: Status['goingLive'] }) {
  const next = steps.find(({ done }) => !done);
  return (
    <Panel title="Going live" side={<Link to="/console/going-live">Open the steps</Link>}>
      <ol className="sd-plain sd-steps">
        {steps.map(({ step, done }) => (
          <li key={step} className={done ? 'sd-step-done' : step === next?.step ? 'sd-step-next' : ''}>
            <span className="sd-step-mark" aria-hidden="true">
              {done ? '✓' : ''}
            </span>
            <span>
              <strong>{STEP_WORDS[step].title}</strong>
              <span className="sd-hidden">{done ? ' (done)' : ' (to do)'}</span>
              <br />
              <span className="sd-soft sd-small">{STEP_WORDS[step].text}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
