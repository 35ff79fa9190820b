/** The tabs of a result; the address holds which one is shown. */
import { Tabs } from '@mantine/core'
import { useMemo } from 'react'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { useView } from '../../stores/view-store.ts'
import { ComponentTab } from './ComponentTab.tsx'
import { EndpointsTab } from './EndpointsTab.tsx'
import { EventsTab } from './EventsTab.tsx'
import { ExplainTab } from './ExplainTab.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { qualityOf } from './result-quality.ts'
import { resultTabs } from './result-tabs.ts'
import styles from './ResultsView.module.css'
import { RunsTab } from './RunsTab.tsx'
import type { TabProps } from './tab-props.ts'

const FIXED: Readonly<Record<string, (props: TabProps) => React.ReactNode>> = {
  overview: OverviewTab,
  endpoints: EndpointsTab,
  explain: ExplainTab,
  events: EventsTab,
  runs: RunsTab,
}

export function ResultTabs({ record, result }: { readonly record: RunRecord; readonly result: StudyResult }) {
  const asked = useView((state) => state.address.parameters['tab'])
  const runId = record.summary.id
  const tabs = useMemo(() => resultTabs(result), [result])
  const quality = useMemo(() => qualityOf(result), [result])
  const shown = tabs.find(({ id }) => id === asked) ?? tabs[0]
  if (shown === undefined) return null
  const Fixed = FIXED[shown.id]
  const props = { record, result, quality }
  return (
    <Tabs value={shown.id} onChange={(tab) => useView.getState().go('results', runId, tab === null ? {} : { tab })}>
      <Tabs.List className={styles['list']}>
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id }) => (
        <Tabs.Panel key={id} value={id} className={styles['panel']}>
          {id === shown.id && Fixed !== undefined && <Fixed {...props} />}
          {id === shown.id && shown.components !== undefined && <ComponentTab {...props} tab={shown.components} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
