import { Link } from '@tanstack/react-router';
import type { CampaignDetail } from '../api/types.ts';
import { count } from '../components/format.ts';
import { InertText } from '../components/inert-text.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';

const MAX_WORDING = 300;

/** The wordings seen most often, and the expression that finds others. */
export function CampaignWordings({ campaign }: { readonly campaign: CampaignDetail }) {
  if (campaign.wordings.length === 0) return null;
  return (
    <Panel title="Wordings" side={<span className="sd-soft sd-small">inert, the most frequent of the first 32</span>}>
      <ul>
        {campaign.wordings.map(({ text, captures }) => (
          <li key={text}>
            {count(captures)} × <InertText text={text} max={MAX_WORDING} />
          </li>
        ))}
      </ul>
      {campaign.inferred === undefined ? null : (
        <details>
          <summary>Regular expression, for folded texts (RE2, Hyperscan, JavaScript)</summary>
          <InertText as="block" text={campaign.inferred.regex} />
        </details>
      )}
    </Panel>
  );
}

/** Merges and splits that the campaign is part of. */
export function CampaignRelations({ campaign }: { readonly campaign: CampaignDetail }) {
  if (campaign.relations.length === 0) return null;
  return (
    <Panel title="Merges and splits">
      <ul>
        {campaign.relations.map(({ campaign: id, kind, other, at, reason }) => {
          const shown = id === campaign.id ? other : id;
          return (
            <li key={`${id} ${kind} ${other}`}>
              <Time at={at} />: {wordsOf(kind, id === campaign.id)}{' '}
              <Link to="/console/campaigns/$id" params={{ id: shown }}>
                <code>{shown}</code>
              </Link>
              . <span className="sd-soft">{reason}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function wordsOf(kind: CampaignDetail['relations'][number]['kind'], isSubject: boolean): string {
  if (kind === 'merged-into') return isSubject ? 'turned out to be the older campaign' : 'took in';
  return isSubject ? 'split from' : 'was left by';
}
