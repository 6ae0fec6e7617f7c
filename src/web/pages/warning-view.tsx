import type { Warning } from '../api/types.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { IndicatorTable } from '../components/indicator-table.tsx';
import { hasWords } from '../components/inert.ts';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { ForecastPanel } from './forecast-panel.tsx';
import { WarningFacts } from './warning-facts.tsx';

const KINDS: Readonly<Record<Warning['kind'], string>> = {
  'advance-notice': 'Advance notice',
  advisory: 'Advisory',
  priority: 'Priority',
  update: 'Update',
  'all-clear': 'All clear',
  correction: 'Correction',
};

/** All of a warning that its reader may see. */
export function WarningView({ warning }: { readonly warning: Warning }) {
  return (
    <Page title={warning.title} lead={<Tags warning={warning} />}>
      <div className="sd-split">
        <div className="sd-stack">
          <Panel title="What to do">
            <ul className="sd-list">
              {warning.advice.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {warning.advice.length === 0 ? <p className="sd-soft">No advice has been written yet.</p> : null}
          </Panel>
          <ForecastPanel warning={warning} />
          <Panel title="What it looks like" side={<span className="sd-soft sd-small">inert and defanged</span>}>
            {warning.template === undefined ? (
              <p className="sd-soft">Not released to the public yet. Texts are held back for a while.</p>
            ) : !hasWords(warning.template) ? (
              <p className="sd-soft">It comes without words: as a file or a request, with a text that varies.</p>
            ) : (
              <InertText as="block" text={warning.template} />
            )}
          </Panel>
          <Panel title="Indicators">
            {warning.indicators === undefined ? (
              <p className="sd-soft">Not released to the public yet. Hosts are held back for a while.</p>
            ) : (
              <IndicatorTable indicators={warning.indicators} />
            )}
          </Panel>
        </div>
        <WarningFacts warning={warning} />
      </div>
    </Page>
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
