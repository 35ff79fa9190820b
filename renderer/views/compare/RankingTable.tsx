/** Several runs in the order of how well they do, and how each of the figures that matter differs from the baseline's. */
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { RankedStudy, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import type { ReadyRun } from './compared-runs.ts'
import styles from './RankingTable.module.css'
import { RunMark } from './RunMark.tsx'

export interface RankingTableProps {
  readonly comparison: StudyComparison
  readonly runs: readonly ReadyRun[]
}

export function RankingTable({ comparison: { ranking, studies }, runs }: RankingTableProps) {
  const shared = ranking.some(({ rank: [best, worst] }) => best !== worst)
  return (
    <section className={styles['panel']} aria-label="Ranking">
      <h2 className={styles['title']}>
        Ranking <span className={styles['note']}>by objectives held, then p95</span>
      </h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Run</th>
            <th scope="col">Verdict</th>
            <th scope="col" data-number>
              Objectives held
            </th>
            <th scope="col" data-number>
              p95
            </th>
            <th scope="col" data-number>
              Errors
            </th>
            <th scope="col" data-number>
              Headroom
            </th>
          </tr>
        </thead>
        <tbody>
          {ranking.map((ranked) => (
            <RankedRow
              key={ranked.label}
              ranked={ranked}
              verdict={studies.find(({ label }) => label === ranked.label)?.verdict ?? null}
              run={runs.find(({ label }) => label === ranked.label)}
            />
          ))}
        </tbody>
      </table>
      {shared && <p className={styles['foot']}>A range of places: chance alone may have made the order within it.</p>}
    </section>
  )
}

interface RankedRowProps {
  readonly ranked: RankedStudy
  readonly verdict: RunSummary['verdict']
  readonly run: ReadyRun | undefined
}

function RankedRow({ ranked, verdict, run }: RankedRowProps) {
  const { label, objectives_held: held, objectives_open: open, objectives, p95_ms: p95, error_ratio: errors } = ranked
  const [best, worst] = ranked.rank
  return (
    <tr>
      <td className={styles['place']}>{best === worst ? best : `${best}–${worst}`}</td>
      <th scope="row">
        <RunMark label={label} />
        <span className={styles['name']}>
          #{run?.summary.number} {run?.summary.scenarioName}
        </span>
      </th>
      <td>
        <VerdictBadge verdict={verdict} />
      </td>
      <td data-number>
        {objectives === 0 ? 'none set' : `${held} of ${objectives}`}
        {open > 0 && <span className={styles['note']}> {open} open</span>}
      </td>
      <td data-number>
        <Figure value={p95.mean} low={p95.low} high={p95.high} unit="ms" />
      </td>
      <td data-number>
        <Figure value={errors.mean} low={errors.low} high={errors.high} unit="ratio" />
      </td>
      <td data-number>
        <Figure value={ranked.headroom} unit="factor" />
      </td>
    </tr>
  )
}
