import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RELATION_WORDS, wordFor } from '../api/entry-words.ts';
import { threatGraphQuery } from '../api/public-queries.ts';
import type { ThreatGraph as Graph } from '../api/types.ts';
import { networkWord } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { Panel } from '../components/panel.tsx';
import { placeAround } from './graph-layout.ts';
import './threat-graph.css';

const KIND_WORDS = {
  threat: 'Threats',
  network: 'Networks',
  technique: 'Techniques (ATT&CK)',
  warning: 'Warnings',
} as const satisfies Readonly<Record<Graph['nodes'][number]['kind'], string>>;
const KINDS = ['threat', 'network', 'technique', 'warning'] as const;
const LABEL = 24;

/** What stands around a threat, as a drawing and in words, and what happened when. */
export function ThreatGraph({ id }: { readonly id: string }) {
  const graph = useQuery(threatGraphQuery(id));
  return (
    <Answer of={graph} what="its relations">
      {(data) => (
        <>
          <Panel title="Relations">
            <Drawing graph={data} />
            <InWords graph={data} />
          </Panel>
          <Panel title="Timeline">
            <ol className="sd-plain sd-timeline">
              {data.timeline.map(({ at, what }) => (
                <li key={`${at} ${what}`}>
                  <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
                  <span>{what}</span>
                </li>
              ))}
            </ol>
          </Panel>
        </>
      )}
    </Answer>
  );
}

/** For the eye alone: the list below says the same. */
function Drawing({ graph }: { readonly graph: Graph }) {
  const [middle, ...around] = graph.nodes;
  if (middle === undefined || around.length === 0) return null;
  const { places, width, height } = placeAround(around.length);
  const [x, y] = [width / 2, height / 2];
  return (
    <svg className="sd-graph" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      {around.map((node, at) => {
        const place = places[at];
        return place === undefined ? null : (
          <line key={node.id} x1={x} y1={y} x2={place.x} y2={place.y} className="sd-graph-line" />
        );
      })}
      {around.map((node, at) => {
        const place = places[at];
        return place === undefined ? null : (
          <g key={node.id} className={`sd-graph-${node.kind}`}>
            <circle cx={place.x} cy={place.y} r={6} />
            <text x={place.x + place.side * 11} y={place.y + 4} textAnchor={place.side > 0 ? 'start' : 'end'}>
              {shortened(labelOf(node))}
            </text>
          </g>
        );
      })}
      <g className="sd-graph-middle">
        <circle cx={x} cy={y} r={10} />
        <text x={x} y={y + 26} textAnchor="middle">
          {shortened(labelOf(middle))}
        </text>
      </g>
    </svg>
  );
}

function InWords({ graph }: { readonly graph: Graph }) {
  const words = new Map(graph.edges.map(({ to, word }) => [to, word]));
  const around = graph.nodes.slice(1);
  return (
    <div className="sd-graph-words">
      {KINDS.map((kind) => {
        const nodes = around.filter((node) => node.kind === kind);
        return nodes.length === 0 ? null : (
          <div key={kind}>
            <h3>{KIND_WORDS[kind]}</h3>
            <ul className="sd-plain">
              {nodes.map((node) => (
                <li key={node.id}>
                  <Target node={node} />
                  {kind === 'threat' ? (
                    <span className="sd-soft">
                      {' '}
                      ({wordFor(RELATION_WORDS, words.get(node.id) ?? '').toLowerCase()})
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}

function Target({ node }: { readonly node: Graph['nodes'][number] }) {
  if (node.kind === 'threat') {
    return (
      <Link to="/threats/$id" params={{ id: node.id }}>
        {node.label}
      </Link>
    );
  }
  if (node.kind === 'warning') {
    return (
      <Link to="/warnings/$id" params={{ id: node.id.replace(/^warning /, '') }}>
        {node.label}
      </Link>
    );
  }
  return <span>{labelOf(node)}</span>;
}

const labelOf = ({ kind, label }: Graph['nodes'][number]): string => (kind === 'network' ? networkWord(label) : label);

function shortened(label: string): string {
  return label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label;
}
