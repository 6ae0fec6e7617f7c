import { Link } from '@tanstack/react-router';
import type { LookupAnswer } from '../api/types.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { IndicatorTable } from '../components/indicator-table.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';

const THREAT_BECAUSE = {
  matches: 'its lure or file matches',
  indicator: 'an indicator belongs to it',
  name: 'by its name',
} as const;

/** What is known of what was asked. */
export function LookupFindings({ answer }: { readonly answer: LookupAnswer }) {
  const { threats, warnings, reasons, indicators } = answer;
  const known = threats.length + warnings.length > 0;
  return (
    <>
      <Panel
        title={known ? 'Yes, this is known' : 'Nothing released here is like it'}
        side={<ClassTag value={answer.class} />}
      >
        <div className="sd-prose">
          {known ? null : (
            <p>
              That does not make it harmless: it may be new, or not released yet. Do not open what you did not ask for.
            </p>
          )}
          {reasons.length === 0 ? null : (
            <ul className="sd-list" aria-label="Why a message like it would be taken for that">
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
        </div>
      </Panel>
      {warnings.length === 0 ? null : (
        <Panel title="Warnings">
          <ul className="sd-plain sd-stack sd-list-box">
            {warnings.map(({ id, title, at, severity, because }) => (
              <li key={id}>
                <SeverityTag severity={severity} />{' '}
                <Link to="/warnings/$id" params={{ id }}>
                  {title}
                </Link>{' '}
                <span className="sd-soft">
                  {because}, <Time at={at} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {threats.length === 0 ? null : (
        <Panel title="Threats">
          <ul className="sd-plain sd-stack sd-list-box">
            {threats.map(({ id, name, severity, because }) => (
              <li key={id}>
                <SeverityTag severity={severity} />{' '}
                <Link to="/threats/$id" params={{ id }}>
                  {name}
                </Link>{' '}
                <span className="sd-soft">{THREAT_BECAUSE[because]}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {indicators.length === 0 ? null : (
        <Panel title="What was found in it">
          <IndicatorTable indicators={indicators} />
        </Panel>
      )}
    </>
  );
}
