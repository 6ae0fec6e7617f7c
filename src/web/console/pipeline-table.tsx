import { Link } from '@tanstack/react-router';
import type { Status } from '../api/types.ts';
import { count, duration } from '../components/format.ts';
import { Rows } from '../components/rows-table.tsx';
import { Tag } from '../components/tag.tsx';

const HEADS = [
  'Realm',
  { word: 'Journal', as: 'number' },
  { word: 'Behind', as: 'number' },
  { word: 'Lag', as: 'number' },
  { word: 'Dead letters', as: 'number' },
  { word: 'Outbox', as: 'number' },
] as const;

const SLOW_MS = 5_000;

/** Each pipeline: how far it is behind its journal, what it could not digest, what waits to be sent. */
export function PipelineTable({ pipelines }: { readonly pipelines: Status['pipelines'] }) {
  return (
    <Rows heads={HEADS}>
      {pipelines.map((pipeline) => (
        <PipelineRow key={pipeline.realm} pipeline={pipeline} />
      ))}
    </Rows>
  );
}

function PipelineRow({ pipeline }: { readonly pipeline: Status['pipelines'][number] }) {
  const { realm } = pipeline;
  return (
    <tr>
      <td data-label="Realm">
        <Tag tone={realm === 'live' ? 'green' : 'yellow'}>{realm}</Tag>
      </td>
      <td className="sd-right" data-label="Journal entries">
        <Link to="/console/captures" search={{ realm }}>
          {count(pipeline.journal)}
        </Link>
      </td>
      <td className="sd-right" data-label="Behind">
        {count(Math.max(0, pipeline.journal - pipeline.projected))}
      </td>
      <td className="sd-right" data-label="Lag">
        {pipeline.lagMs > SLOW_MS ? <Tag tone="orange">{duration(pipeline.lagMs)}</Tag> : duration(pipeline.lagMs)}
      </td>
      <td className="sd-right" data-label="Dead letters">
        <Link to="/console/dead-letters" search={{ realm }}>
          {count(pipeline.deadLetters)}
        </Link>
      </td>
      <td className="sd-right" data-label="Outbox">
        <Link to="/console/subscribers" search={{ realm }}>
          {count(pipeline.outbox)}
        </Link>
      </td>
    </tr>
  );
}
