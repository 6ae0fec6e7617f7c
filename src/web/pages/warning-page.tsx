import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { warningQuery } from '../api/public-queries.ts';
import type { Warning } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { ClassTag } from '../components/class-tag.tsx';
import { IndicatorTable } from '../components/indicator-table.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { WarningFacts } from './warning-facts.tsx';

const route = getRouteApi('/warnings/$id');
const KINDS: Readonly<Record<Warning['kind'], string>> = {
  'advance-notice': 'Advance notice',
  advisory: 'Advisory',
  priority: 'Priority',
  update: 'Update',
  'all-clear': 'All clear',
  correction: 'Correction',
};

/** One warning. */
export function WarningPage() {
  const { id } = route.useParams();
  const warning = useQuery(warningQuery(id));
  return (
    <Answer of={warning} what="the warning">
      {(data) => (
        <Page title={data.title} lead={<Tags warning={data} />}>
          <div className="sd-split">
            <div className="sd-stack">
              <Panel title="What to do">
                <ul className="sd-list">
                  {data.advice.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
                {data.advice.length === 0 ? <p className="sd-soft">No advice has been written yet.</p> : null}
              </Panel>
              <Panel title="What it looks like" side={<span className="sd-soft sd-small">inert and defanged</span>}>
                {data.template === undefined ? (
                  <p className="sd-soft">Not released to the public yet. Texts are held back for a while.</p>
                ) : data.template === '' ? (
                  <p className="sd-soft">It comes without words: as a file or a request, with a text that varies.</p>
                ) : (
                  <InertText as="block" text={data.template} />
                )}
              </Panel>
              <Panel title="Indicators">
                {data.indicators === undefined ? (
                  <p className="sd-soft">Not released to the public yet. Hosts are held back for a while.</p>
                ) : (
                  <IndicatorTable indicators={data.indicators} />
                )}
              </Panel>
            </div>
            <WarningFacts warning={data} />
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Tags({ warning }: { readonly warning: Warning }) {
  return (
    <span className="sd-row">
      <SeverityTag severity={warning.severity} />
      <ClassTag value={warning.class} />
      <Tag tone="blue">{KINDS[warning.kind]}</Tag>
      {warning.simulated ? <Tag tone="yellow">Simulated</Tag> : null}
    </span>
  );
}
