import { Link } from '@tanstack/react-router';
import { CLASSES, SEVERITIES } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { Facts } from '../components/facts.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { oneOf } from '../search-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** A verdict of the API (open JSON: only what is known is read). */
export function VerdictFacts({ verdict }: { readonly verdict: Json }) {
  const verdictClass = oneOf(CLASSES, verdict.class);
  const severity = oneOf(SEVERITIES, verdict.severity);
  const campaign = typeof verdict.campaign === 'string' ? verdict.campaign : undefined;
  return (
    <Panel title="Verdict">
      <Facts
        of={[
          ['Class', verdictClass === undefined ? undefined : <ClassTag key="class" value={verdictClass} />],
          ['Score', typeof verdict.score === 'number' ? `${Math.round(verdict.score * 100)} %` : undefined],
          ['Severity', severity === undefined ? undefined : <SeverityTag key="severity" severity={severity} />],
          ['Language', typeof verdict.language === 'string' ? verdict.language : undefined],
          [
            'Campaign',
            campaign === undefined ? undefined : (
              <Link key="campaign" to="/console/campaigns/$id" params={{ id: campaign }}>
                {campaign.slice(0, 8)}
              </Link>
            ),
          ],
          ['Threats', <Threats key="threats" ids={texts(verdict.threats)} />],
        ]}
      />
      <h3>Reasons</h3>
      <ul className="sd-list">
        {texts(verdict.reasons).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Indicators of={verdict.indicators} />
    </Panel>
  );
}

function Threats({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return 'none known';
  return (
    <span className="sd-row">
      {ids.map((id) => (
        <Link key={id} to="/threats/$id" params={{ id }}>
          {id.slice(0, 40)}
        </Link>
      ))}
    </span>
  );
}

function Indicators({ of }: { readonly of: unknown }) {
  const indicators = Array.isArray(of) ? of.filter(isIndicator) : [];
  if (indicators.length === 0) return null;
  return (
    <>
      <h3>Indicators</h3>
      <ul className="sd-plain">
        {indicators.map(({ type, value, marks }) => (
          <li key={`${type} ${value}`}>
            <span className="sd-soft sd-small">{type}</span> <InertText text={value} max={400} />{' '}
            <span className="sd-soft sd-small">{texts(marks).join(', ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** How the indicators of a verdict stand in their capture's text. */
export function seenIndicators(verdict: Json): readonly string[] {
  const indicators = Array.isArray(verdict.indicators) ? verdict.indicators.filter(isIndicator) : [];
  return indicators.map(({ value, seen }) => (typeof seen === 'string' ? seen : value));
}

interface ShownIndicator {
  readonly type: string;
  readonly value: string;
  readonly seen?: unknown;
  readonly marks?: unknown;
}

function isIndicator(value: unknown): value is ShownIndicator {
  if (typeof value !== 'object' || value === null) return false;
  return 'type' in value && 'value' in value && typeof value.type === 'string' && typeof value.value === 'string';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
