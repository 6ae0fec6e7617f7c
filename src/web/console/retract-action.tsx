import type { Realm, Warning } from '../api/types.ts';
import { InertText } from '../components/inert-text.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { ReasonButton } from './reason-button.tsx';
import { RetractButton } from './retract-button.tsx';
import { useRetraction } from './use-retraction.ts';

interface Props {
  /** Id of a warning or campaign. */
  readonly target: string;
  readonly realm: Realm;
  readonly retracted: Warning['retracted'];
}

/** The button that takes something back; where that is done, who did it, when and why, and the way back. */
export function RetractAction({ target, realm, retracted }: Props) {
  const { undo } = useRetraction(realm);
  if (retracted === undefined) {
    return (
      <RetractButton target={target} title={`Retract ${target}?`} realm={realm}>
        <p>
          It goes from the board, the feeds, lists and pages at once. Those who were told get a correction with your
          reason, and nobody else. Whatever comes in of it later stays silent.
        </p>
      </RetractButton>
    );
  }
  return (
    <div>
      <Tag tone="yellow">Retracted</Tag>{' '}
      <span className="sd-small">
        <Time at={retracted.at} as="ago" /> by <InertText text={retracted.by} max={100} />
      </span>
      <div className="sd-small">
        <InertText text={retracted.reason} max={500} />
      </div>
      <ReasonButton
        label="Undo …"
        title={`Let ${target} count again?`}
        action="Undo the retraction"
        onReason={(reason) => undo({ target, reason })}
      >
        <p>It is shown again. Those who got the correction are told that it stands after all.</p>
      </ReasonButton>
    </div>
  );
}
