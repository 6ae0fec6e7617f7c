import { AUDIENCE_WORDS, type Audience, RATED_WORDS } from '../api/entry-words.ts';
import type { ThreatEntry } from '../api/types.ts';
import { keyed } from '../components/keyed.ts';
import { Panel } from '../components/panel.tsx';
import { Rows } from '../components/rows-table.tsx';
import { HowItComes } from './how-it-comes.tsx';
import { ThreatDetection } from './threat-detection.tsx';
import './threat-detail.css';

const AUDIENCES = Object.keys(AUDIENCE_WORDS) as Audience[];
const HIGHEST = 5;

/** What entries of today hold beside their prose: steps, who can do what, ratings, variants, clients, detection. */
export function ThreatDetail({ entry }: { readonly entry: ThreatEntry }) {
  const { steps = [], actions = {}, detection = [] } = entry;
  const told = AUDIENCES.filter((who) => (actions[who] ?? []).length > 0);
  return (
    <>
      {steps.length === 0 ? null : (
        <Panel title="What it does, step by step">
          <ol className="sd-list sd-steps">
            {keyed(steps).map(([key, step]) => (
              <li key={key}>{step}</li>
            ))}
          </ol>
        </Panel>
      )}
      <HowItComes entry={entry} />
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
      <Variants entry={entry} />
      <Clients entry={entry} />
      {detection.length === 0 ? null : <ThreatDetection detection={detection} />}
    </>
  );
}

function Ratings({ entry: { ratings = [] } }: { readonly entry: ThreatEntry }) {
  if (ratings.length === 0) return null;
  return (
    <Panel title="Ratings">
      <Rows heads={['What', '1 to 5', 'Why']}>
        {ratings.map(({ of, value, reason }) => (
          <tr key={of}>
            <th scope="row">{RATED_WORDS[of]}</th>
            <td className="sd-tight" data-label="1 to 5">
              <span className="sd-rating">
                <meter min={0} max={HIGHEST} value={value} aria-label={`${RATED_WORDS[of]}, ${value} of ${HIGHEST}`} />
                <span className="sd-number">{value}</span>
              </span>
            </td>
            <td className="sd-wide">{reason}</td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Variants({ entry: { variants = [] } }: { readonly entry: ThreatEntry }) {
  if (variants.length === 0) return null;
  return (
    <Panel title="Variants">
      <Rows heads={['Variant', 'First seen', 'Note']}>
        {variants.map(({ name, seen, note }) => (
          <tr key={`${name} ${seen} ${note}`}>
            <th scope="row">{name}</th>
            <td className="sd-tight sd-number" data-label="First seen">
              {seen}
            </td>
            <td className="sd-wide">{note}</td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Clients({ entry: { clients } }: { readonly entry: ThreatEntry }) {
  if (clients === undefined) return null;
  const lists = [
    ['Affected', clients.affected],
    ['Not affected', clients.notAffected],
  ] as const;
  return (
    <Panel title="Clients">
      <div className="sd-clients">
        {lists.map(([word, lines]) =>
          lines.length === 0 ? null : (
            <div key={word}>
              <h3>{word}</h3>
              <Lines of={lines} />
            </div>
          ),
        )}
      </div>
    </Panel>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  return (
    <ul className="sd-list">
      {keyed(of).map(([key, line]) => (
        <li key={key}>{line}</li>
      ))}
    </ul>
  );
}
