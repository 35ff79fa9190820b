/** What every tab of a result gets. */
import type { RunRecord } from '../../../host/contract/run-records.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import type { ResultQuality } from './result-quality.ts'

export interface TabProps {
  readonly record: RunRecord
  readonly result: StudyResult
  readonly quality: ResultQuality
}

/** Whose figures they are, in file names and pictures. */
export function sourceOf({ summary }: RunRecord): string {
  return `${summary.scenarioName}, run #${summary.number}`
}
