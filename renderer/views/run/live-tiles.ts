/** The figures at the top of a run under way, against what the scenario promises. */
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'

/** One figure of all client requests in the last bucket. */
export interface LiveTile {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly value: number | null
  /** What it must not pass, or must reach; null where nothing is promised. */
  readonly target: number | null
  /** Whether the last bucket keeps to it; null when it cannot be told. */
  readonly holds: boolean | null
}

/** One endpoint in the last bucket, against its own promise. */
export interface LiveEndpoint {
  readonly id: string
  readonly arrivalsRps: number | null
  readonly p95Ms: number | null
  readonly errorRatio: number | null
  readonly targetP95Ms: number | null
  readonly holds: boolean | null
}

const NS_PER_MS = 1e6

/** Load, latency, errors and requests in flight. */
export function liveTiles(live: LiveRun, scenario: ScenarioSpec | undefined): LiveTile[] {
  const p95 = last(live, 'client/p95_ms')
  const errors = errorRatio(live, 'client')
  const promised = scenario?.objectives
  const targetP95 = promised?.p95Ns === undefined ? null : promised.p95Ns / NS_PER_MS
  const targetErrors = promised?.errorsRatio ?? null
  const tile = (id: string, label: string, unit: string, value: number | null, target: number | null): LiveTile => ({
    id,
    label,
    unit,
    value,
    target,
    holds: value === null || target === null ? null : value <= target,
  })
  return [
    tile('load', 'Load', 'req/s', last(live, 'client/arrivals_rps'), null),
    tile('p95', 'p95 latency', 'ms', p95, targetP95),
    tile('errors', 'Errors', 'ratio', errors, targetErrors),
    tile('in-flight', 'In flight', 'count', live.snapshot?.inFlight ?? null, null),
  ]
}

/** Every endpoint that clients or services ask, in the order of the results. */
export function liveEndpoints(live: LiveRun, scenario: ScenarioSpec | undefined): LiveEndpoint[] {
  const ids = Object.keys(live.rows).flatMap((name) =>
    name.endsWith('/arrivals_rps') && !name.startsWith('client/') ? [name.slice(0, -'/arrivals_rps'.length)] : [],
  )
  return ids.map((id) => {
    const [service = '', endpoint = ''] = id.split('.')
    const promised = scenario?.services[service]?.endpoints[endpoint]?.slo?.p95Ns
    const targetP95Ms = promised === undefined ? null : promised / NS_PER_MS
    const p95Ms = last(live, `${id}/p95_ms`)
    return {
      id,
      arrivalsRps: last(live, `${id}/arrivals_rps`),
      p95Ms,
      errorRatio: errorRatio(live, id),
      targetP95Ms,
      holds: p95Ms === null || targetP95Ms === null ? null : p95Ms <= targetP95Ms,
    }
  })
}

function last(live: LiveRun, series: string): number | null {
  return live.rows[series]?.at(-1) ?? null
}

/** Failed of all that ended in the last bucket. */
function errorRatio(live: LiveRun, id: string): number | null {
  const failed = last(live, `${id}/failed_rps`)
  const completed = last(live, `${id}/completed_rps`)
  const ended = (failed ?? 0) + (completed ?? 0)
  return failed === null || ended === 0 ? null : failed / ended
}
