/** A study that ran outside the data folder, in the shape of a run from elsewhere. */
import type { FinishedStudy } from '../contract/host.ts'
import { invariant } from '../../sim-core/kernel/invariant.ts'
import { prepare } from '../runs/scenario-study.ts'
import { replicationsMaxOf } from '../runs/study-run.ts'
import { headlineOf } from '../store/headline.ts'
import { newId } from '../store/new-id.ts'
import type { BundledRun } from './bundle-schema.ts'
import { cleanFileName } from './scenario-names.ts'
import { parseText } from './scenario-reading.ts'

/** The run gets an id of its own: the same study may be kept twice. */
export function bundledStudy({ fileName, scenarioText, result, startedMs, endedMs }: FinishedStudy): BundledRun {
  const { prepared } = prepare(
    parseText(scenarioText, fileName, () => undefined),
    [],
  )
  invariant(prepared !== undefined, 'a study ran whose scenario cannot be read')
  const { replications, precision, confidence } = prepared.study
  const replicationsMax = replicationsMaxOf(prepared)
  const { columns } = result.series
  return {
    fileName: cleanFileName(fileName),
    columns,
    run: {
      summary: {
        id: newId(),
        number: 0,
        scenarioId: null,
        scenarioName: result.scenario,
        revision: null,
        status: result.partial ? 'cancelled' : 'done',
        createdMs: startedMs,
        endedMs,
        planHash: result.plan_hash,
        seed: result.seed,
        engine: result.engine,
        replications,
        verdict: result.verdict,
        reason: result.reason,
        partial: result.partial,
        fingerprint: result.fingerprint,
        headline: headlineOf(result),
        injected: 0,
        error: null,
        tags: [],
        notes: '',
      },
      scenarioText,
      studyKey: JSON.stringify({ replications, replicationsMax, precision, confidence }),
      request: {},
      result: { ...result, series: { ...result.series, columns: {} } },
      seriesNames: Object.keys(columns),
      hasSeries: true,
      injectedFaults: [],
    },
  }
}
