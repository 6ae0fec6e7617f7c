import type uPlot from 'uplot';

interface ForecastScale {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly most: number;
  amount(value: number): string;
}

/** uPlot's settings: the band of the 90 % interval, the median, and dots for what came. */
export function forecastOptions(
  width: number,
  height: number,
  scheme: 'light' | 'dark',
  { fromSeconds, toSeconds, most, amount }: ForecastScale,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim() || (scheme === 'dark' ? '#ccc' : '#333');
  const axis = {
    stroke: token('--sd-ink-soft'),
    font: '12px system-ui, sans-serif',
    ticks: { show: false },
    grid: { stroke: token('--sd-line'), width: 1 },
  };
  const edge = { stroke: token('--sd-line-strong'), width: 1, points: { show: false } };
  return {
    width,
    height,
    padding: [12, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true, range: [fromSeconds, toSeconds] }, y: { range: [0, most * 1.08] } },
    axes: [
      { ...axis, size: 34, space: 70, values: (_plot: uPlot, splits: number[]) => splits.map(clock) },
      { ...axis, size: 64, values: (_plot: uPlot, splits: number[]) => splits.map(amount) },
    ],
    series: [
      {},
      { label: 'low', ...edge },
      { label: 'high', ...edge },
      { label: 'expected', stroke: token('--sd-series'), width: 2, points: { show: true, size: 6 } },
      {
        label: 'came',
        stroke: token('--sd-ink'),
        width: 0,
        points: { show: true, size: 10, fill: token('--sd-ink') },
      },
    ],
    bands: [{ series: [2, 1], fill: token('--sd-blue-ground') }],
  };
}

function clock(seconds: number): string {
  const at = new Date(seconds * 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}
