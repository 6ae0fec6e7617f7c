import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ledgerQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/ledger');

/** Every frame that left, or was kept from leaving, with the rule that decided. */
export function LedgerPage() {
  const realm = useRealm();
  const { before } = route.useSearch();
  const ledger = useQuery(ledgerQuery(realm, before ?? 0));
  return (
    <Page
      title="Ledger"
      lead="Every frame that a decoy or an alert account sent or was kept from sending, with the rule that decided. Written to the journal before the bytes left; the bytes are known by their hash."
    >
      <Answer of={ledger} what="the ledger">
        {({ entries, next }) => (
          <>
            {entries.length === 0 ? <Empty>Nothing has been sent.</Empty> : <LedgerTable entries={entries} />}
            <nav className="sd-row" aria-label="Pages of the ledger">
              {before === undefined ? null : (
                <Link to="/console/ledger" search={{ realm, before: undefined }}>
                  Newest
                </Link>
              )}
              {next === undefined ? null : (
                <Link to="/console/ledger" search={{ realm, before: next }}>
                  Older
                </Link>
              )}
            </nav>
          </>
        )}
      </Answer>
    </Page>
  );
}
