import { useQuery } from '@tanstack/react-query';
import { xmppSettingsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { XmppFields } from './xmpp-fields.tsx';

/** The account that sends alerts by IM. */
export function XmppForm() {
  const xmpp = useQuery(xmppSettingsQuery);
  return (
    <Answer of={xmpp} what="the XMPP account">
      {(state) => (
        <div className="sd-stack">
          <p className="sd-soft">
            State: {state.state}. An account of its own: never the address of a decoy, which would give the decoy away.
          </p>
          <XmppFields state={state} />
        </div>
      )}
    </Answer>
  );
}
