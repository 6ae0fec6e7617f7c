import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { captureQuery } from '../api/console-queries.ts';
import { CLASSES } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { oneOf } from '../search-text.ts';
import { CorrectionPanel } from './correction-panel.tsx';
import { EvidenceFacts } from './evidence-facts.tsx';
import { FilePanel } from './file-panel.tsx';
import { useRealm } from './use-realm.ts';
import { seenIndicators, VerdictFacts } from './verdict-facts.tsx';

const MAX_RAW = 60_000;
const route = getRouteApi('/console/captures/$id');

/** One capture: what came, what it was taken for, and the evidence of it. */
export function CapturePage() {
  const { id } = route.useParams();
  const realm = useRealm();
  const detail = useQuery(captureQuery(id, realm));
  return (
    <Page
      title="Capture"
      lead={<code>{id}</code>}
      actions={
        <Link to="/console/captures" search={{ realm }}>
          All captures
        </Link>
      }
    >
      <Answer of={detail} what="the capture">
        {({ capture, verdict, correction, evidence, file }) => (
          <div className="sd-split">
            <div className="sd-stack">
              {typeof capture.text === 'string' ? (
                <Panel title="Text" side={<span className="sd-soft sd-small">inert, as it came</span>}>
                  <InertText as="block" text={capture.text} pointOut={seenIndicators(verdict)} />
                </Panel>
              ) : null}
              <Panel
                title="Interchange form"
                side={<CopyButton text={JSON.stringify(capture, undefined, 2)} what="the capture as JSON" />}
              >
                <InertText as="block" text={JSON.stringify(capture, undefined, 2)} max={MAX_RAW} />
              </Panel>
              {file === undefined ? null : <FilePanel file={file} />}
              <Panel title="Raw bytes">
                {evidence.raw === undefined ? (
                  <p className="sd-soft">{evidence.erased ? 'Erased.' : 'Content of files is not shown.'}</p>
                ) : (
                  <InertText as="block" text={evidence.raw} max={MAX_RAW} />
                )}
              </Panel>
            </div>
            <div className="sd-stack">
              <VerdictFacts verdict={verdict} />
              <CorrectionPanel
                key={`${id} ${correction?.at ?? ''}`}
                capture={id}
                realm={realm}
                said={oneOf(CLASSES, verdict.class)}
                correction={correction}
              />
              <EvidenceFacts evidence={evidence} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}
