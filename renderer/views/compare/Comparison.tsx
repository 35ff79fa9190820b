/** Everything that is told of runs that can be compared. */
import { SegmentedControl } from '@mantine/core'
import type { StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { useView } from '../../stores/view-store.ts'
import type { ReadyRun } from './compared-runs.ts'
import styles from './CompareView.module.css'
import { DeltaTable } from './DeltaTable.tsx'
import { HeatMap } from './HeatMap.tsx'
import { OverlayCharts } from './OverlayCharts.tsx'
import { RankingTable } from './RankingTable.tsx'
import { ScenarioDiff } from './ScenarioDiff.tsx'
import { VerdictPanel } from './VerdictPanel.tsx'

export interface ComparisonProps {
  readonly comparison: StudyComparison
  readonly runs: readonly ReadyRun[]
}

export function Comparison({ comparison, runs }: ComparisonProps) {
  const asked = useView(({ address }) => address.parameters['pair'])
  const { pairs, ranking } = comparison
  const pair = pairs.find(({ candidate }) => candidate === asked) ?? pairs[0]
  const baseline = runs[0]
  const candidate = runs.find(({ label }) => label === pair?.candidate)
  const change =
    baseline === undefined || candidate === undefined ? null : (
      <ScenarioDiff baseline={baseline} candidate={candidate} />
    )
  return (
    <>
      {ranking.length === 0 ? (
        <div className={styles['aside']}>
          <VerdictPanel comparison={comparison} />
          {change}
        </div>
      ) : (
        <>
          <VerdictPanel comparison={comparison} />
          <RankingTable comparison={comparison} runs={runs} />
          <HeatMap comparison={comparison} />
        </>
      )}
      <OverlayCharts runs={runs} />
      {pairs.length > 1 && pair !== undefined && (
        <>
          <SegmentedControl
            className={styles['pairs']}
            size="sm"
            aria-label="Which runs side by side"
            data={pairs.map((each) => ({ value: each.candidate, label: `${each.candidate} against ${each.baseline}` }))}
            value={pair.candidate}
            onChange={(value) => useView.getState().set({ pair: value })}
          />
          {change}
        </>
      )}
      {pair !== undefined && <DeltaTable pair={pair} />}
    </>
  )
}
