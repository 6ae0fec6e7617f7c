import { Button } from '@mantine/core';
import { useRef } from 'react';
import { Empty, Failure, Loading } from '../../components/feedback.tsx';
import { plural } from '../../components/format.ts';
import { LiveState } from '../../components/live-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { RiverRow } from './river-row.tsx';
import { useRiver } from './use-river.ts';
import './river-panel.css';

/** The live river. It stands still while the reader scrolls down in it or has paused it, and says what is waiting. */
export function RiverPanel() {
  const { shown, held, paused, loaded, error, stream, setPaused } = useRiver();
  const box = useRef<HTMLDivElement>(null);
  const byHand = useRef(false);
  const flow = () => {
    byHand.current = false;
    box.current?.scrollTo({ top: 0 });
    setPaused(false);
  };
  const pause = () => {
    byHand.current = true;
    setPaused(true);
  };
  const onScroll = () => {
    const down = (box.current?.scrollTop ?? 0) > 8;
    if (down !== paused && !byHand.current) setPaused(down);
  };
  const latest = shown.find((entry) => entry.kind === 'warning');
  return (
    <Panel
      title={<span id="river">Live river</span>}
      side={
        <div className="sd-row">
          <LiveState state={stream} paused={paused} />
          <Button size="compact-sm" variant="default" aria-pressed={paused} onClick={paused ? flow : pause}>
            {paused ? 'Resume' : 'Pause'}
          </Button>
        </div>
      }
    >
      {held.length === 0 ? null : (
        <Button size="compact-sm" variant="light" fullWidth onClick={flow} className="sd-river-held">
          {plural(held.length, 'newer entry', 'newer entries')}: show
        </Button>
      )}
      {error === undefined ? null : <Failure error={new Error(error)} />}
      {loaded || shown.length > 0 ? null : <Loading what="the river" />}
      {loaded && error === undefined && shown.length === 0 ? (
        <Empty>Quiet: nothing has touched a decoy yet. What comes will show here by itself.</Empty>
      ) : null}
      <div
        ref={box}
        className="sd-river"
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label="River"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
      >
        <ol className="sd-plain">
          {shown.map((entry) => (
            <RiverRow key={entry.id} entry={entry} />
          ))}
        </ol>
      </div>
      <p className="sd-hidden" aria-live="polite">
        {latest?.kind === 'warning' ? `Latest warning: ${latest.warning.title}` : ''}
      </p>
    </Panel>
  );
}
