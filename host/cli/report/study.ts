/** What the figures rest on, so that they can be had again, and how fast they were computed. */
import type { StudyResult } from '../../contract/study-api.ts'
import { widthOf } from '../style.ts'
import type { Style } from '../style.ts'
import { figureText, lengthText } from './figure-text.ts'
import { lengthSeconds } from './series-figures.ts'
import { INDENT } from './text-table.ts'

/** Digits of a hash that are enough to tell plans apart by eye. */
const HASH_DIGITS = 12

/** Replications, intervals, seed, versions; then speed. */
export function studyLines(result: StudyResult, style: Style, width: number): string[] {
  const { speed, series } = result
  const percent = Number((result.confidence * 100).toPrecision(4))
  const length = lengthText(lengthSeconds(series))
  const warmup = series.warmup_s > 0 ? `, the first ${lengthText(series.warmup_s)} left out` : ''
  const count = result.replications === 1 ? '1 replication' : `${result.replications} replications`
  const basis = [
    `${count} of ${length}${warmup}`,
    ...(result.clients.latency_ms.mean.low === null ? [] : [`± is half of a ${percent} % interval`]),
    `${figureText(result.limits.in_flight_peak, 'count')} in flight at most`,
  ]
  const identity = [
    `seed ${result.seed}`,
    `engine ${result.engine}`,
    `plan ${result.plan_hash.slice(0, HASH_DIGITS)}`,
    `fingerprint ${result.fingerprint}`,
  ]
  const simulated = lengthSeconds(series) * result.replications
  const pace = [
    `${figureText(speed.requests, 'count')} requests, ${figureText(speed.events, 'count')} events in ${lengthText(speed.wall_s)}`,
    `${figureText(speed.requests_per_s, 'rate')} requests/s, ${figureText(speed.events_per_s, 'rate')} events/s`,
    `${figureText(simulated / speed.wall_s, 'count')}x real time`,
    speed.workers === 1 ? '1 worker' : `${speed.workers} workers`,
  ]
  const lines = [basis, identity, pace].flatMap((parts) => joined(parts, width - INDENT.length))
  return [style.bold('Study'), ...lines.map((line) => style.dim(INDENT + line))]
}

/** Parts with dots between them, in as few lines as they fit. */
function joined(parts: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last} · ${part}`
    if (last === undefined || widthOf(longer) > width) lines.push(part)
    else lines[lines.length - 1] = longer
  }
  return lines
}
