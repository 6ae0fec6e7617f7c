import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Board } from '../../api/types.ts';
import { shortTime } from '../../components/format.ts';
import { chartOptions } from './chart-options.ts';
import './activity-chart.css';

const HEIGHT = 190;

/** Touches over the last six hours as bars; a sentence says the same to those who do not see them. */
export function ActivityChart({ activity }: { readonly activity: Board['activity'] }) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = box.current;
    if (element === null || activity.length === 0) return;
    const data: uPlot.AlignedData = [
      activity.map(({ at }) => Date.parse(at) / 1000),
      activity.map(({ touches }) => touches),
    ];
    const plot = new uPlot(chartOptions(element.clientWidth, HEIGHT, scheme), data, element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [activity, scheme]);
  return (
    <figure className="sd-chart">
      <div ref={box} aria-hidden="true" />
      <figcaption>{summary(activity)}</figcaption>
    </figure>
  );
}

function summary(activity: Board['activity']): string {
  const peak = activity.reduce<Board['activity'][number] | undefined>(
    (best, each) => (best === undefined || each.touches > best.touches ? each : best),
    undefined,
  );
  if (peak === undefined || peak.touches === 0) return 'Quiet: no touches in this time.';
  const last = activity.at(-1)?.touches ?? 0;
  return `Peak of about ${peak.touches} at ${shortTime(peak.at, new Date(peak.at)).slice(0, 5)}; now about ${last}.`;
}
