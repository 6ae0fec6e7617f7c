import { DETECTION_WORDS, type DetectionKind, type Part } from '../api/entry-words.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { InertText } from '../components/inert-text.tsx';
import { keyed } from '../components/keyed.ts';
import { Panel } from '../components/panel.tsx';
import './threat-detail.css';

const KINDS = Object.keys(DETECTION_WORDS) as DetectionKind[];
const HEADS: Readonly<Record<DetectionKind, string>> = {
  lure: 'By the words of its lure',
  yara: 'By YARA',
  filter: 'By filters',
};

/** What finds it, each to be copied. It may quote what peers wrote: shown as it is, with nothing hidden in it. */
export function ThreatDetection({ detection }: { readonly detection: readonly Part<'detection'>[] }) {
  return (
    <Panel title="Detection">
      <div className="sd-detection">
        {KINDS.map((kind) => {
          const texts = detection.filter((one) => one.kind === kind).map(({ text }) => text);
          return texts.length === 0 ? null : (
            <div key={kind}>
              <h3>{HEADS[kind]}</h3>
              <ul className="sd-plain">
                {keyed(texts).map(([key, text]) => (
                  <li key={key}>
                    <InertText text={text} as="block" />
                    <CopyButton text={text} what={`${DETECTION_WORDS[kind]}: ${text.slice(0, 60)}`} />
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
