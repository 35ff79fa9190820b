/** Runs the plan of a kept run again, here, and compares every number. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostApi } from '../contract/host-api.ts'
import type { Host } from '../contract/host.ts'
import type { RunRecord } from '../contract/run-records.ts'
import type { StudyOverride, StudyResult } from '../contract/study-api.ts'
import { keptResult } from './kept-result.ts'

/** What came of it. Differences are told as `path: kept, now`. */
export type Verification =
  | { readonly kind: 'same'; readonly values: number }
  | { readonly kind: 'different'; readonly differences: readonly string[] }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Differences that are told; more do not say more. */
const DIFFERENCES_MAX = 10

/** Rejects with a HostError when the study fails. */
export async function verifyRun(host: Host, api: HostApi, id: string): Promise<Verification> {
  const record = await api.readRun(id)
  const kept = await keptResult(api, record)
  const reason = obstacleTo(record, kept, host.engineVersion)
  if (reason !== undefined || kept === null) return { kind: 'impossible', reason: reason ?? 'it has no result' }
  const again = await runAgain(host, record.scenarioText, kept)
  if (again === undefined) return { kind: 'different', differences: ['its scenario is not valid any more'] }
  const comparison = new Comparison()
  comparison.compare(comparable(kept, record.hasSeries), comparable(again, record.hasSeries), '')
  const { differences, values } = comparison
  return differences.length === 0 ? { kind: 'same', values } : { kind: 'different', differences }
}

function obstacleTo({ summary }: RunRecord, kept: StudyResult | null, engine: string): string | undefined {
  if (kept === null) return 'it has no result'
  if (summary.engine !== engine) return `it ran on engine ${summary.engine}, and this is ${engine}`
  if (summary.injected > 0) return 'faults were put in by hand, which its plan does not hold'
  return summary.partial ? 'it was stopped before its end' : undefined
}

/** With as many replications as there were: that is how far the wanted precision took it. */
async function runAgain(host: Host, scenarioText: string, kept: StudyResult): Promise<StudyResult | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-verify-'))
  try {
    const file = join(folder, 'scenario.yaml')
    writeFileSync(file, scenarioText)
    const settings = [`run.seed=${kept.seed}`, `run.replications=${kept.replications}`]
    if (kept.precision !== null) settings.push(`run.max_replications=${kept.replications}`)
    const overrides: StudyOverride[] = settings.map((text) => ({ flag: '--verify', text }))
    const outcome = await host.studies.start({ file, overrides }, () => {}).outcome
    return outcome.kind === 'done' ? outcome.result : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Without how fast it went, the only part in which two runs of one seed differ. */
function comparable(result: StudyResult, hasSeries: boolean): unknown {
  const { speed: _, ...figures } = result
  return hasSeries ? figures : { ...figures, series: { ...result.series, columns: {} } }
}

/** Walks two values side by side. */
class Comparison {
  readonly differences: string[] = []
  /** Numbers and texts that were compared. */
  values = 0

  compare(kept: unknown, now: unknown, path: string): void {
    if (isTree(kept) && isTree(now)) {
      for (const key of new Set([...Object.keys(kept), ...Object.keys(now)])) {
        this.compare(kept[key], now[key], path === '' ? key : `${path}.${key}`)
      }
      return
    }
    this.values += 1
    if (kept === now || this.differences.length >= DIFFERENCES_MAX) return
    this.differences.push(`${path}: ${JSON.stringify(kept)}, now ${JSON.stringify(now)}`)
  }
}

/** Lists are compared by their indices. */
function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
