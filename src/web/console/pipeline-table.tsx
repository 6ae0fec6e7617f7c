import { Link } from '@tanstack/react-router';
import type { Status } from '../api/types.ts';
import { count, duration } from '../components/format.ts';
import { Tag } from '../components/tag.tsx';
import '../components/table.css';

const SLOW_MS = 5_000;

/** Each pipeline: how far it is behind its journal, what it could not digest, what waits to be sent. */
export function PipelineTable({ pipelines }: { readonly pipelines: Status['pipelines'] }) {
  return (
    <div className="sd-table-box">
      <table className="sd-table sd-table-cards">
        <thead>
          <tr>
            <th scope="col">Realm</th>
            <th scope="col" className="sd-right">
              Journal
            </th>
            <th scope="col" className="sd-right">
              Behind
            </th>
            <th scope="col" className="sd-right">
              Lag
            </th>
            <th scope="col" className="sd-right">
              Dead letters
            </th>
            <th scope="col" className="sd-right">
              Outbox
            </th>
          </tr>
        </thead>
        <tbody>
          {pipelines.map((pipeline) => (
            <PipelineRow key={pipeline.realm} pipeline={pipeline} />
          ))}
        </tbody>
      </table>
    </div>
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
