import type { ThreatEntry } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import '../components/table.css';

const AUDIENCE_WORDS = {
  person: 'As a person',
  administrator: 'As an administrator',
  operator: 'As an operator of a service',
};
const AUDIENCES = ['person', 'administrator', 'operator'] as const;
const RATED_WORDS: Readonly<Record<NonNullable<ThreatEntry['ratings']>[number]['of'], string>> = {
  prevalence: 'Prevalence',
  damage: 'Damage',
  distribution: 'Distribution',
  recovery: 'Recovery',
  confidence: 'Confidence',
};

/** What entries of today hold beside their prose: steps, who can do what, ratings, variants, clients, detection. */
export function ThreatDetail({ entry }: { readonly entry: ThreatEntry }) {
  const { steps = [], actions = {}, variants = [], clients, detection = [] } = entry;
  const told = AUDIENCES.filter((who) => (actions[who] ?? []).length > 0);
  return (
    <>
      {steps.length === 0 ? null : (
        <Panel title="What it does, step by step">
          <ol className="sd-list">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Panel>
      )}
      {told.length === 0 ? null : (
        <Panel title="What to do">
          <div className="sd-prose">
            {told.map((who) => (
              <div key={who}>
                <h3>{AUDIENCE_WORDS[who]}</h3>
                <Lines of={actions[who] ?? []} />
              </div>
            ))}
          </div>
        </Panel>
      )}
      <Ratings entry={entry} />
      {variants.length === 0 ? null : (
        <Panel title="Variants">
          <Lines of={variants.map(({ name, seen, note }) => [name, seen, note].filter(Boolean).join(' – '))} />
        </Panel>
      )}
      {clients === undefined ? null : (
        <Panel title="Clients">
          <div className="sd-prose">
            <h3>Affected</h3>
            <Lines of={clients.affected} />
            <h3>Not affected</h3>
            <Lines of={clients.notAffected} />
          </div>
        </Panel>
      )}
      {detection.length === 0 ? null : (
        <Panel title="Detection">
          <Lines of={detection.map(({ kind, text }) => `${kind}: ${text}`)} />
        </Panel>
      )}
    </>
  );
}

function Ratings({ entry: { ratings = [] } }: { readonly entry: ThreatEntry }) {
  if (ratings.length === 0) return null;
  return (
    <Panel title="Ratings">
      <div className="sd-table-box">
        <table className="sd-table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">1 to 5</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {ratings.map(({ of, value, reason }) => (
              <tr key={of}>
                <td>{RATED_WORDS[of]}</td>
                <td className="sd-number">{value}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  return (
    <ul className="sd-list">
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
