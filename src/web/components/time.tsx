import { ago, shortMinute, shortTime } from './format.ts';
import { useNow } from './use-now.ts';

interface TimeProps {
  readonly at: string;
  /** `clock` shows when, `minute` the same without seconds, `ago` how long since; the exact UTC time is the title. */
  readonly as?: 'clock' | 'minute' | 'ago';
}

/** A moment. */
export function Time({ at, as = 'clock' }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={at.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC')} className="sd-number">
      {shown(at, as, now)}
    </time>
  );
}

function shown(at: string, as: NonNullable<TimeProps['as']>, now: Date): string {
  if (as === 'ago') return ago(at, now);
  return as === 'minute' ? shortMinute(at, now) : shortTime(at, now);
}
