// All fields of an entry, part by part.
import { memo } from 'react';
import { Panel } from '../../components/panel.tsx';
import { goTo } from '../../form/go-to.ts';
import { ActionFields, DetectionFields } from './action-fields.tsx';
import { ComingFields } from './coming-fields.tsx';
import { FactsFields } from './facts-fields.tsx';
import { RelationFields, VariantFields } from './kin-fields.tsx';
import { OriginFields } from './origin-fields.tsx';
import { RatingFields } from './rating-fields.tsx';
import { TextFields } from './text-fields.tsx';
import type { EntryPartProps } from './types.ts';
import './entry-form.css';

const PARTS = [
  ['facts', 'Facts', FactsFields],
  ['text', 'Text and steps', TextFields],
  ['coming', 'Lures and files', ComingFields],
  ['variants', 'Variants and clients', VariantFields],
  ['ratings', 'How bad it is', ({ entry, set }: EntryPartProps) => <RatingFields ratings={entry.ratings} set={set} />],
  ['actions', 'Advice', ActionFields],
  ['detection', 'What finds it', DetectionFields],
  [
    'relations',
    'Other entries',
    ({ entry, set }: EntryPartProps) => <RelationFields relations={entry.relations} set={set} />,
  ],
  ['origin', 'Timeline and sources', OriginFields],
] as const;

/** The parts, and the way to each. */
export const EntryForm = memo(function EntryForm({ entry, set }: EntryPartProps) {
  return (
    <>
      <nav aria-label="Parts of the entry">
        <ul className="sd-plain sd-entry-parts">
          {PARTS.map(([key, title]) => (
            <li key={key}>
              <a href={`#part-${key}`} onClick={(event) => goTo(event, `part-${key}`)}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {PARTS.map(([key, title, Fields]) => (
        <Panel key={key} id={`part-${key}`} title={title}>
          <div className="sd-entry-fields">
            <Fields entry={entry} set={set} />
          </div>
        </Panel>
      ))}
    </>
  );
});
