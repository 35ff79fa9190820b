/** Where charts stand: while their series are read, when they cannot be, and when they were given up to save room. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { Panel } from './Panel.tsx'
import styles from './SeriesPlace.module.css'
import type { RunSeries } from './use-run-series.ts'

export interface SeriesPlaceProps {
  readonly record: RunRecord
  readonly series: RunSeries
  readonly children: ReactNode
}

export function SeriesPlace({ record, series, children }: SeriesPlaceProps) {
  if (!record.hasSeries) {
    return (
      <Panel>
        <p className={styles['note']}>
          The figures over time of this run were given up to save room; everything else is kept. Run it again with the
          same seed to see them: the numbers will be the same.
        </p>
      </Panel>
    )
  }
  if (series.state === 'failed') {
    return (
      <ErrorPanel
        title="The figures over time could not be read."
        error={series.error}
        action={
          <Button size="xs" variant="default" onClick={series.again}>
            Try again
          </Button>
        }
      />
    )
  }
  if (series.state === 'loading') {
    return (
      <Panel>
        <Loading label="Loading the figures over time" lines={6} />
      </Panel>
    )
  }
  return children
}
