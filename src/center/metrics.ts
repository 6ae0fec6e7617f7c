// Counters and gauges in Prometheus' text exposition format 0.0.4. Labels come from closed sets only: never a sender,
// a decoy or a campaign.

export type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: Map<string, number>;
}

/** More label sets than this in one family means that a label is not from a closed set. */
const MAX_SERIES = 2_000;

export interface Metrics {
  count(name: string, labels?: Labels, by?: number): void;
  /** Registers a gauge that is asked for when the metrics are read. */
  gauge(
    name: string,
    help: string,
    read: () => Iterable<readonly [Labels, number]> | Promise<Iterable<readonly [Labels, number]>>,
  ): void;
  render(): Promise<string>;
}

const keyOf = (labels: Labels): string =>
  Object.keys(labels).length === 0
    ? ''
    : `{${Object.entries(labels)
        .map(
          ([name, value]) =>
            `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
        )
        .join(',')}}`;

/** @param counters name → help of every counter that may be counted */
export function createMetrics<Counter extends string>(counters: Readonly<Record<Counter, string>>): Metrics {
  const families = new Map<string, Family>();
  const gauges = new Map<string, { help: string; read: Parameters<Metrics['gauge']>[2] }>();
  for (const [name, help] of Object.entries<string>(counters))
    families.set(name, { help, type: 'counter', values: new Map() });
  return {
    count: (name, labels = {}, by = 1) => {
      const family = families.get(name);
      if (family === undefined) throw new TypeError(`no such counter: ${name}`);
      const key = keyOf(labels);
      if (family.values.has(key) || family.values.size < MAX_SERIES)
        family.values.set(key, (family.values.get(key) ?? 0) + by);
    },
    gauge: (name, help, read) => {
      gauges.set(name, { help, read });
    },
    render: async () => {
      const lines: string[] = [];
      const write = (name: string, help: string, type: string, values: Iterable<readonly [string, number]>) => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
        for (const [key, value] of values) lines.push(`${name}${key} ${value}`);
      };
      for (const [name, { help, type, values }] of families) write(name, help, type, values);
      for (const [name, { help, read }] of gauges) {
        write(
          name,
          help,
          'gauge',
          [...(await read())].map(([labels, value]) => [keyOf(labels), value] as const),
        );
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
