import type uPlot from 'uplot';

const HORIZON_TOKENS = ['--sd-series', '--sd-ink', '--sd-ink-soft', '--sd-line-strong'] as const;

/** uPlot's settings: what was said against what came, one line a horizon, and the diagonal on which both agree. */
export function calibrationOptions(
  width: number,
  height: number,
  scheme: 'light' | 'dark',
  names: readonly string[],
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim() || (scheme === 'dark' ? '#ccc' : '#333');
  const axis = {
    stroke: token('--sd-ink-soft'),
    font: '12px system-ui, sans-serif',
    ticks: { show: false },
    grid: { stroke: token('--sd-line'), width: 1 },
    values: (_plot: uPlot, splits: number[]) => splits.map((share) => `${Math.round(share * 100)} %`),
  };
  return {
    width,
    height,
    padding: [10, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } },
    axes: [
      { ...axis, size: 44, label: 'chance that was said', labelFont: axis.font, labelSize: 18 },
      { ...axis, size: 50, label: 'share that came', labelFont: axis.font, labelSize: 18 },
    ],
    series: [
      {},
      { label: 'right', stroke: token('--sd-line-strong'), width: 1, dash: [4, 4], points: { show: false } },
      ...names.map((label, at) => ({
        label,
        stroke: token(HORIZON_TOKENS[at % HORIZON_TOKENS.length] ?? '--sd-series'),
        width: at === 0 ? 2 : 1.5,
        ...(at === 0 ? {} : { dash: [8 - 2 * at, 3] }),
        points: { show: true, size: 8 - at },
      })),
    ],
  };
}
