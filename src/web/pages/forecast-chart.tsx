import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { forecastOptions } from './forecast-options.ts';
import { amountOf, type ShownForecast } from './forecast-rows.ts';
import './forecast-chart.css';

const HEIGHT = 220;

/** How far it is thought to go; the table beside says the same in figures. */
export function ForecastChart({ forecast }: { readonly forecast: ShownForecast }) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { unit, now, madeAt, rows } = forecast;
    const times = [madeAt, ...rows.map(({ at }) => at)].map((at) => Date.parse(at) / 1_000);
    const data: uPlot.AlignedData = [
      times,
      [now, ...rows.map(({ low }) => low)],
      [now, ...rows.map(({ high }) => high)],
      [now, ...rows.map(({ expected }) => expected)],
      [null, ...rows.map(({ came }) => came ?? null)],
    ];
    const scale = {
      fromSeconds: times[0] ?? 0,
      toSeconds: times.at(-1) ?? 1,
      most: Math.max(now, ...rows.flatMap(({ high, came }) => [high, came ?? 0])),
      amount: (value: number) => amountOf(unit, value),
    };
    const plot = new uPlot(forecastOptions(element.clientWidth, HEIGHT, scheme, scale), data, element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [forecast, scheme]);
  return (
    <figure className="sd-forecast">
      <div ref={box} aria-hidden="true" />
      <figcaption>
        Line: expected. Shaded: in 90 of 100 cases it stays within. Large dots: what came, once its time has passed.
      </figcaption>
    </figure>
  );
}
