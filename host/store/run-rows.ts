/** Runs as rows of the database, and back. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { HostErrorDetails } from '../contract/host-error.ts'
import type { RunHeadline, RunStatus, RunSummary } from '../contract/run-records.ts'

/** What a list reads of a run. */
export interface RunRow {
  readonly number: number
  readonly id: string
  readonly scenario_id: string | null
  readonly scenario_name: string
  readonly revision: number | null
  readonly status: RunStatus
  readonly created_ms: number
  readonly ended_ms: number | null
  readonly plan_hash: string
  readonly seed: number
  readonly engine: string
  readonly study_key: string
  readonly replications: number
  readonly injected: number
  readonly error: string | null
  readonly tags: string
  readonly notes: string
  readonly verdict: StudyResult['verdict'] | null
  readonly reason: string
  readonly partial: number
  readonly fingerprint: string | null
  readonly p95_ms: number | null
  readonly error_ratio: number | null
  readonly throughput_rps: number | null
  readonly peak_load_rps: number | null
  readonly objectives_held: number
  readonly objectives: number
  readonly headroom: number | null
  readonly series_bytes: number
}

/** Columns of a RunRow that only a result fills. */
export type ResultColumns = Pick<
  RunRow,
  | 'replications'
  | 'verdict'
  | 'reason'
  | 'partial'
  | 'fingerprint'
  | 'p95_ms'
  | 'error_ratio'
  | 'throughput_rps'
  | 'peak_load_rps'
  | 'objectives_held'
  | 'objectives'
  | 'headroom'
>

/** The columns of a RunRow, for SELECT. */
export const RUN_COLUMNS = `number, id, scenario_id, scenario_name, revision, status, created_ms, ended_ms, plan_hash, seed,
  engine, study_key, replications, injected, error, tags, notes, verdict, reason, partial, fingerprint, p95_ms, error_ratio,
  throughput_rps, peak_load_rps, objectives_held, objectives, headroom, series_bytes`

/** Ways for a run to be over. */
const ENDED: readonly RunStatus[] = ['done', 'cancelled', 'failed', 'interrupted']

/** Whether a run of this status goes on no more. */
export function isEnded(status: RunStatus): boolean {
  return ENDED.includes(status)
}

/** The entry of a list. */
export function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    number: row.number,
    scenarioId: row.scenario_id,
    scenarioName: row.scenario_name,
    revision: row.revision,
    status: row.status,
    createdMs: row.created_ms,
    endedMs: row.ended_ms,
    planHash: row.plan_hash,
    seed: row.seed,
    engine: row.engine,
    replications: row.replications,
    verdict: row.verdict,
    reason: row.reason,
    partial: row.partial === 1,
    fingerprint: row.fingerprint,
    headline: row.verdict === null ? null : headlineIn(row),
    injected: row.injected,
    error: row.error === null ? null : (JSON.parse(row.error) as HostErrorDetails),
    tags: JSON.parse(row.tags) as readonly string[],
    notes: row.notes,
  }
}

function headlineIn(row: RunRow): RunHeadline {
  return {
    p95Ms: row.p95_ms,
    errorRatio: row.error_ratio,
    throughputRps: row.throughput_rps,
    peakLoadRps: row.peak_load_rps,
    objectivesHeld: row.objectives_held,
    objectives: row.objectives,
    headroom: row.headroom,
  }
}

/** What a result puts into the columns of its run. */
export function resultColumns(result: StudyResult, headline: RunHeadline): ResultColumns {
  return {
    replications: result.replications,
    verdict: result.verdict,
    reason: result.reason,
    partial: result.partial ? 1 : 0,
    fingerprint: result.fingerprint,
    p95_ms: headline.p95Ms,
    error_ratio: headline.errorRatio,
    throughput_rps: headline.throughputRps,
    peak_load_rps: headline.peakLoadRps,
    objectives_held: headline.objectivesHeld,
    objectives: headline.objectives,
    headroom: headline.headroom,
  }
}
