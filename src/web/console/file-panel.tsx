import type { FileFacts } from '../api/types.ts';
import { Facts } from '../components/facts.tsx';
import { count } from '../components/format.ts';
import { InertText } from '../components/inert-text.tsx';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';

const TONES = { note: 'neutral', odd: 'yellow', bad: 'orange', sure: 'red' } as const;

/** What a look into a captured file found. Names, links and facts are the peer's: shown as text, never as links. */
export function FilePanel({ file }: { readonly file: FileFacts }) {
  return (
    <Panel title="File" side={<span className="sd-soft sd-small">looked into, never run</span>}>
      <ul className="sd-list">
        {file.findings.map(({ rank, says }) => (
          <li key={says}>
            <Tag tone={TONES[rank]}>{rank}</Tag> {says}
          </li>
        ))}
      </ul>
      <Facts
        of={[
          ['Type by content', file.type],
          ['Bytes', count(file.size)],
          ['SHA-256', <code key="sha256">{file.sha256}</code>],
          ['SHA-1', <code key="sha1">{file.sha1}</code>],
          ['MD5', <code key="md5">{file.md5}</code>],
          ...(file.tlsh === undefined ? [] : [['TLSH', <code key="tlsh">{file.tlsh}</code>] as const]),
          ...(file.imphash === undefined ? [] : [['Import hash', <code key="imphash">{file.imphash}</code>] as const]),
          ...Object.entries(file.facts).map(
            ([name, fact]) =>
              [name, <InertText key={name} text={Array.isArray(fact) ? fact.join('; ') : String(fact)} />] as const,
          ),
          ['Not opened', file.unopened.join('; ')],
        ]}
      />
      {file.members.length === 0 ? null : <Members of={file.members} />}
      {file.links.length === 0 ? null : <InertText as="block" text={file.links.join('\n')} />}
    </Panel>
  );
}

function Members({ of }: { readonly of: FileFacts['members'] }) {
  return (
    <InertText
      as="block"
      text={of
        .map(
          ({ name, size, type, findings }) =>
            `${name ?? '?'}  ${count(size)} bytes  ${type}${findings.length > 0 ? `  ${findings[0]?.says}` : ''}`,
        )
        .join('\n')}
    />
  );
}
