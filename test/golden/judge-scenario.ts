// Simulates a shipped scenario as shortened for the tests, and holds what must be true of every one of them.
import { expect } from 'vitest'
import { speedOf, summarise } from '../../sim-core/analysis/summarise.ts'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { compile, studyOf } from '../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import { planHash } from '../../sim-core/scenario/plan-hash.ts'
import { replicate } from '../support/study.ts'
import type { ExpectedVerdict } from './expected-verdicts.ts'
import { scenarioFiles } from './golden-cases.ts'

/** A departure from Little's law that the ends of a run explain. */
const LITTLE_TOLERANCE = 0.001
/** Stations with fewer waiting than this for each server, on average, are not judged: their ends weigh too much. */
const QUEUE_WORTH_JUDGING = 0.1

/** Runs the study and expects its verdict; conservation, which each bucket is audited for, and Little's law hold. */
export function expectVerdict({ file, verdict, missed, overrides, replications }: ExpectedVerdict): StudyResult {
  const files = scenarioFiles()
  const loadBase = (path: string) => ({ text: files[path]! })
  const { scenario, problems } = parseScenario(files[file]!, file, { overrides, loadBase })
  expect(problems).toEqual([])
  const plan = compile(scenario!)
  const { seed, confidence, precision } = studyOf(scenario!)
  const runs = Array.from({ length: replications }, (_, replication) => replicate(plan, seed, replication))
  const result = summarise({
    plan,
    planHash: planHash(plan),
    seed,
    confidence,
    precision,
    replications: runs,
    partial: false,
    speed: speedOf(runs, 1, 1),
  })
  expect(result.verdict, result.reason).toBe(verdict)
  const failing = result.objectives.filter(({ pass }) => pass === false).map(({ id }) => id)
  expect(failing).toEqual(expect.arrayContaining([...missed]))
  for (const run of runs) expectLittle(run, scenario!.faults.length > 0)
  return result
}

/** The time that all waited, as a length of a queue over time, is the sum of their waits; and so for all in flight. */
function expectLittle({ endpoints, stations }: ReplicationResult, hasFaults: boolean): void {
  const client = endpoints.at(-1)!.columns
  const inFlight = sum(client.inFlightArea)
  const latencies = sum(client.latencySumNs)
  // Requests that fail spend time too, and no latency tells how much.
  const share = latencies / inFlight
  expect(share).toBeLessThan(1 + LITTLE_TOLERANCE)
  expect(share).toBeGreaterThan(sum(client.failed) > 0 ? 0 : 1 - LITTLE_TOLERANCE)
  for (const { component, name, columns } of hasFaults ? [] : stations) {
    const queueNs = sum(columns.queueArea)
    if (sum(columns.abandoned) > 0 || queueNs < QUEUE_WORTH_JUDGING * sum(columns.serverArea)) continue
    const unfinishedNs = columns.endQueued.at(-1)! * lastWaitNs(columns.waitSumNs, columns.waited)
    const differenceNs = Math.abs(queueNs - sum(columns.waitSumNs))
    expect(differenceNs, `${component} ${name}`).toBeLessThan(LITTLE_TOLERANCE * queueNs + unfinishedNs)
  }
}

/** Mean of the waits that ended in the last bucket: those that go on beyond the end are hardly longer so far. */
function lastWaitNs(waitSumNs: Float64Array, waited: Float64Array): number {
  return waitSumNs.at(-1)! / Math.max(1, waited.at(-1)!)
}

function sum(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0)
}
