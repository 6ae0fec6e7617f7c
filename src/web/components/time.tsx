import { ago, shortTime } from './format.ts';
import { useNow } from './use-now.ts';

interface TimeProps {
  readonly at: string;
  /** `clock` shows when, `ago` how long since; the exact UTC time is the title. */
  readonly as?: 'clock' | 'ago';
}

/** A moment. */
export function Time({ at, as = 'clock' }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={at.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC')} className="sd-number">
      {as === 'ago' ? ago(at, now) : shortTime(at, now)}
    </time>
  );
}
