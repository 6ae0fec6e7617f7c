import uPlot from 'uplot';

const BAR_WIDTH = 0.78;
const MAX_BAR = 40;

/** uPlot's settings: one series of bars, the reader's clock, quiet axes. `scheme` only makes the colours be read anew. */
export function chartOptions(width: number, height: number, scheme: 'light' | 'dark'): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim() || (scheme === 'dark' ? '#ccc' : '#333');
  const axis = {
    stroke: token('--sd-ink-soft'),
    font: '12px system-ui, sans-serif',
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(5, high * 1.1)] } },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        space: 60,
        values: (_plot, splits) => splits.map((at) => clock(new Date(at * 1000))),
      },
      { ...axis, size: 36, space: 36, grid: { stroke: token('--sd-line'), width: 1 } },
    ],
    series: [
      {},
      {
        stroke: token('--sd-series'),
        fill: token('--sd-series'),
        width: 0,
        points: { show: false },
        ...(uPlot.paths.bars === undefined ? {} : { paths: uPlot.paths.bars({ size: [BAR_WIDTH, MAX_BAR] }) }),
      },
    ],
  };
}

function clock(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
