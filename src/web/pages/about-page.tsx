import { Link } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';

/** What Sundew is, what its decoys may do, and what it keeps. */
export function AboutPage() {
  return (
    <Page title="About Sundew" lead="A threat centre for instant messaging and peer-to-peer networks.">
      <div className="sd-split">
        <div className="sd-stack">
          <Panel title="What it does">
            <div className="sd-prose">
              <p>
                Sundew runs decoys: accounts and nodes that nobody has a reason to contact. Whatever touches one is
                captured, judged and tied to what is known. When something new is spreading, subscribers are told before
                it reaches them.
              </p>
              <p>
                The board shows a threat level for each network, with the reason. Texts and hosts appear here after a
                delay and only when several decoys have seen them; counts are given in bands. That protects the decoys,
                and the people whose infected accounts did the sending.
              </p>
              <p>Captured text is shown inert and defanged: nothing that came in can be clicked.</p>
            </div>
          </Panel>
          <Panel title={<span id="campaigns">Campaigns and warnings</span>}>
            <div className="sd-prose">
              <p>
                Like things that come to decoys, the same lure in many wordings, are grouped into a campaign. The board
                says how many campaigns were seen; what they hold, analysts alone see in the{' '}
                <Link to="/console/campaigns">console</Link>.
              </p>
              <p>
                A campaign becomes a <Link to="/warnings">warning</Link> when it is harmful or spreads. Its text and
                hosts are public once several decoys have seen them and some time has passed.
              </p>
            </div>
          </Panel>
          <Panel title="Rules of engagement">
            <ol className="sd-list">
              <li>A decoy never speaks first, never asks and never invites.</li>
              <li>By default it only observes: it signs on, stays signed on and answers nobody.</li>
              <li>Anything more needs an approval by name, for a time; when it runs out, the decoy observes again.</li>
              <li>
                Every byte that leaves is ruled on first and written to a ledger that cannot be changed unnoticed.
              </li>
              <li>One command stops everything within a second, and it stays stopped.</li>
            </ol>
          </Panel>
        </div>
        <Panel title="Privacy">
          <ul className="sd-list">
            <li>This site sets no cookie until an analyst signs in, and loads nothing from anyone else.</li>
            <li>The sender of a capture may be a victim: senders are never named in public.</li>
            <li>Captures are encrypted, each with a key of its own, so that one can be erased for good.</li>
            <li>A subscriber’s address is used for alerts only.</li>
          </ul>
        </Panel>
      </div>
    </Page>
  );
}
