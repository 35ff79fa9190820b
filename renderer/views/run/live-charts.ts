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

/** The charts, in the order in which they are shown. */
export const liveChartIds = ['load', 'latency', 'busy', 'waiting'] as const
export type LiveChartId = (typeof liveChartIds)[number]

type OwnContent = Pick<ChartContent, 'title' | 'unit' | 'series' | 'target'>

/** @param scenario what runs; undefined while it is not read, and then without objectives */
export function liveChart(id: LiveChartId, live: LiveRun, scenario: ScenarioSpec | undefined): ChartContent {
  const warmup = scenario?.run.warmup
  return {
    ...contents[id](live, scenario),
    endS: live.endS,
    events: live.happenings.filter(({ text }) => !text.startsWith('stays at')),
    ...(warmup?.kind === 'fixed' ? { warmupS: warmup.durationNs / NS_PER_SECOND } : {}),
  }
}

const contents: Readonly<Record<LiveChartId, (live: LiveRun, scenario: ScenarioSpec | undefined) => OwnContent>> = {
  load: (live) => ({
    title: 'Load',
    unit: 'req/s',
    series: [
      line(live, `${CLIENT}/arrivals_rps`, 'arriving', 'load'),
      line(live, `${CLIENT}/completed_rps`, 'answered', 'answered'),
      line(live, `${CLIENT}/failed_rps`, 'failed', 'failed'),
    ],
  }),
  latency: (live, scenario) => {
    const p95 = scenario?.objectives.p95Ns
    return {
      title: 'Latency of all requests',
      unit: 'ms',
      ...(p95 === undefined ? {} : { target: { value: p95 / NS_PER_MS, label: 'p95 objective' } }),
      series: [
        line(live, `${CLIENT}/p50_ms`, 'p50', 'p50'),
        line(live, `${CLIENT}/p95_ms`, 'p95', 'p95'),
        line(live, `${CLIENT}/p99_ms`, 'p99', 'p99'),
      ],
    }
  },
  busy: (live) => ({ title: 'Busiest stations', unit: 'ratio', series: highest(live, '/utilisation') }),
  waiting: (live) => ({ title: 'Longest queues', unit: 'count', series: highest(live, '/queue_length') }),
}

function line({ rows }: LiveRun, name: string, label: string, colourOf: string): ChartSeries {
  return { id: name, label, colourOf, x: (rows['end_s'] ?? []) as number[], y: rows[name] ?? [] }
}

/** The stations with the highest recent values of a figure, one per component, in the order of their names. */
function highest(live: LiveRun, ending: string): ChartSeries[] {
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
    .map(([component, { name }]) => line(live, name, name.slice(0, -ending.length).replace('/', ' '), component))
}
