import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { consoleWarningsQuery } from '../api/console-queries.ts';
import type { Realm, Warning } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { RetractAction } from './retract-action.tsx';
import { useRealm } from './use-realm.ts';

const HEADS = ['Severity', 'Warning', 'Networks', 'Kind', 'Captures', 'Decoys', 'Updated', 'Retraction'] as const;

/** Every warning with exact counts, advance notices and retracted ones too. */
export function ConsoleWarningsPage() {
  const realm = useRealm();
  const warnings = useQuery(consoleWarningsQuery(realm));
  return (
    <Page title="Warnings" lead="The newest hundred, with exact counts: also what nobody else sees yet, or any more.">
      <Answer of={warnings} what="the warnings">
        {(page) =>
          page.warnings.length === 0 ? (
            <Empty>None so far.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {page.warnings.map((warning) => (
                <Row key={warning.id} warning={warning} realm={realm} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
    </Page>
  );
}

function Row({ warning, realm }: { readonly warning: Warning; readonly realm: Realm }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={warning.severity} />
      </td>
      <td className="sd-wide">
        <Link to="/console/warnings/$id" params={{ id: warning.id }}>
          {warning.title}
        </Link>
        <div className="sd-soft sd-small">{warning.id}</div>
      </td>
      <td data-label="Networks">{warning.networks.map((network) => NETWORK_WORDS[network]).join(', ')}</td>
      <td className="sd-tight" data-label="Kind">
        <Tag>{warning.kind}</Tag>
      </td>
      <td className="sd-right" data-label="Captures">
        {warning.captures}
      </td>
      <td className="sd-right" data-label="Decoys">
        {warning.decoys}
      </td>
      <td className="sd-tight" data-label="Updated">
        <Time at={warning.updatedAt} as="ago" />
      </td>
      <td data-label="Retraction">
        <RetractAction target={warning.id} realm={realm} retracted={warning.retracted} />
      </td>
    </tr>
  );
}
