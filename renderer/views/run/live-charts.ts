/** The charts of a run under way, as content: load, latency, how busy, and who waits. */
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'
import type { ChartContent, ChartSeries } from '../../charts/chart-types.ts'

/** All client requests, in series. */
const CLIENT = 'client'

/** Lines that one chart shows of many components: the highest ones. */
const LINES_MAX = 6

/** A chart of the highest must not change its lines at every spike: it looks at this many of the last buckets. */
const RECENT_BUCKETS = 12

const NS_PER_MS = 1e6
const NS_PER_SECOND = 1e9

/** A chart to draw, with what it needs to be told apart. */
export interface LiveChart extends ChartContent {
  readonly id: string
}

/** @param scenario what runs; undefined while it is not read, and then without objectives */
export function liveCharts(live: LiveRun, scenario: ScenarioSpec | undefined): LiveChart[] {
  const warmup = scenario?.run.warmup
  const common = {
    endS: live.endS,
    events: live.happenings.filter(({ text }) => !text.startsWith('stays at')),
    ...(warmup?.kind === 'fixed' ? { warmupS: warmup.durationNs / NS_PER_SECOND } : {}),
  }
  const line = (name: string, label: string, colourOf: string): ChartSeries => ({
    id: name,
    label,
    colourOf,
    x: (live.rows['end_s'] ?? []) as number[],
    y: live.rows[name] ?? [],
  })
  const p95 = scenario?.objectives.p95Ns
  return [
    {
      ...common,
      id: 'load',
      title: 'Load',
      unit: 'req/s',
      series: [
        line(`${CLIENT}/arrivals_rps`, 'arriving', 'load'),
        line(`${CLIENT}/completed_rps`, 'answered', 'answered'),
        line(`${CLIENT}/failed_rps`, 'failed', 'failed'),
      ],
    },
    {
      ...common,
      id: 'latency',
      title: 'Latency of all requests',
      unit: 'ms',
      ...(p95 === undefined ? {} : { target: { value: p95 / NS_PER_MS, label: 'p95 objective' } }),
      series: [
        line(`${CLIENT}/p50_ms`, 'p50', 'p50'),
        line(`${CLIENT}/p95_ms`, 'p95', 'p95'),
        line(`${CLIENT}/p99_ms`, 'p99', 'p99'),
      ],
    },
    { ...common, id: 'busy', title: 'Busiest stations', unit: 'ratio', series: highest(live, '/utilisation', line) },
    { ...common, id: 'waiting', title: 'Longest queues', unit: 'count', series: highest(live, '/queue_length', line) },
  ]
}

/** The stations with the highest recent values of a figure, one per component, in the order of their names. */
function highest(
  live: LiveRun,
  ending: string,
  line: (name: string, label: string, colourOf: string) => ChartSeries,
): ChartSeries[] {
  const best = new Map<string, { readonly name: string; readonly peak: number }>()
  for (const [name, values] of Object.entries(live.rows)) {
    if (!name.endsWith(ending)) continue
    const component = name.slice(0, name.indexOf('/'))
    const peak = Math.max(0, ...values.slice(-RECENT_BUCKETS).map((value) => value ?? 0))
    if (peak > (best.get(component)?.peak ?? -1)) best.set(component, { name, peak })
  }
  return [...best]
    .toSorted(([, a], [, b]) => b.peak - a.peak)
    .slice(0, LINES_MAX)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([component, { name }]) => line(name, name.slice(0, -ending.length).replace('/', ' '), component))
}
