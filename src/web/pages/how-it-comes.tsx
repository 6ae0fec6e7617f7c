import { LANGUAGE_WORDS, wordFor } from '../api/entry-words.ts';
import type { ThreatEntry } from '../api/types.ts';
import { InertText } from '../components/inert-text.tsx';
import { keyed } from '../components/keyed.ts';
import { Panel } from '../components/panel.tsx';
import { Rows } from '../components/rows-table.tsx';

/** Its lure in each language, its files, and whether it answers. What peers wrote is shown inert. */
export function HowItComes({ entry: { lures = [], files = [], answers } }: { readonly entry: ThreatEntry }) {
  if (lures.length === 0 && files.length === 0 && answers === undefined) return null;
  return (
    <Panel title="How it comes">
      <div className="sd-stack">
        {lures.length === 0 ? null : (
          <Rows heads={['Language', 'Message']}>
            {lures.map(({ language, text }) => (
              <tr key={`${language} ${text}`}>
                <th scope="row">{wordFor(LANGUAGE_WORDS, language)}</th>
                <td className="sd-wide">
                  <InertText text={text} as="block" />
                </td>
              </tr>
            ))}
          </Rows>
        )}
        {files.length === 0 ? null : (
          <Rows heads={['File', 'Bytes', 'Note']}>
            {keyed(files.map(({ name }) => name)).map(([key, name], at) => (
              <tr key={key}>
                <th scope="row">
                  <InertText text={name} />
                </th>
                <td className="sd-tight sd-number" data-label="Bytes">
                  {files[at]?.size?.toLocaleString('en')}
                </td>
                <td className="sd-wide">{files[at]?.note}</td>
              </tr>
            ))}
          </Rows>
        )}
        {answers === undefined ? null : (
          <p>
            {answers.does ? 'It answers who writes back' : 'It does not answer who writes back'}
            {answers.how === '' ? '.' : `: ${answers.how}`}
          </p>
        )}
      </div>
    </Panel>
  );
}
