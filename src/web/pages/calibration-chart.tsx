import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ForecastScores } from '../api/types.ts';
import { calibrationOptions } from './calibration-options.ts';
import { horizonOf } from './horizon.ts';
import './calibration-chart.css';

const HEIGHT = 320;
/** The shares that the 5th percentile, the median and the 95th are to have below them; both ends close the lines. */
const SAID = [0, 0.05, 0.5, 0.95, 1];

/** Whether what was said to come with a chance did come that often; the table beside says the same in figures. */
export function CalibrationChart({ scores }: { readonly scores: ForecastScores['scores'] }) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const lines = scores.map(({ below }) => [0, below.low, below.expected, below.high, 1]);
    const names = scores.map(({ aheadMin }) => horizonOf(aheadMin));
    const options = calibrationOptions(element.clientWidth, HEIGHT, scheme, names);
    const plot = new uPlot(options, [SAID, SAID, ...lines], element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [scores, scheme]);
  return (
    <figure className="sd-calibration">
      <div ref={box} aria-hidden="true" />
      <figcaption>
        The nearer to the dashed diagonal, the better. Above it at the right end: intervals reach too high; below it:
        not high enough. Thick line: {horizonOf(scores[0]?.aheadMin ?? 60)} ahead, then ever shorter dashes.
      </figcaption>
    </figure>
  );
}
