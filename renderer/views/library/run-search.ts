/** Which runs a search finds. */
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { runWords } from '../../widgets/run-words.ts'
import { hasWords, wordsOf } from './card-order.ts'

/** Runs with every word in number (`#41`), scenario, verdict, tags or notes. */
export function foundRuns(runs: readonly RunSummary[], search: string): readonly RunSummary[] {
  const words = wordsOf(search)
  if (words.length === 0) return runs
  return runs.filter((run) =>
    hasWords(
      [
        `#${run.number}`,
        run.scenarioName,
        runWords(run, run.headline?.objectives).word,
        ...run.tags,
        run.notes,
        `seed ${run.seed}`,
      ]
        .join(' ')
        .toLowerCase(),
      words,
    ),
  )
}
