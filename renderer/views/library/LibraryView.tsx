/** The screen Library: every scenario, and every run. */
import { Tabs } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { FirstHint } from '../../app/FirstHint.tsx'
import { pickFiles } from '../../app/import-files.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { ScreenHeader } from '../../widgets/ScreenHeader.tsx'
import styles from './LibraryView.module.css'
import { NewScenarioDialog } from './NewScenarioDialog.tsx'
import { RunList } from './RunList.tsx'
import { ScenarioList } from './ScenarioList.tsx'

export function LibraryView() {
  const tab = useView(({ address }) => (address.parameters['tab'] === 'runs' ? 'runs' : 'scenarios'))
  const scenarios = useLibrary(({ cards }) => cards.length)
  const runs = useRuns(({ summaries }) => summaries.length)
  const choosing = useView(({ address }) => address.parameters['new'] !== undefined)
  const choose = (): void => useView.getState().set({ new: 'scenario' })
  return (
    <div className={styles['screen']}>
      <ScreenHeader title="Library" actions={<Actions onNew={choose} />} />
      <FirstHint />
      <Tabs
        className={styles['tabs']}
        value={tab}
        keepMounted={false}
        onChange={(next) => useView.getState().go('library', '', next === 'runs' ? { tab: 'runs' } : {})}
      >
        <Tabs.List>
          <Tabs.Tab value="scenarios">
            Scenarios <span className={styles['count']}>{scenarios}</span>
          </Tabs.Tab>
          <Tabs.Tab value="runs">
            Runs <span className={styles['count']}>{runs}</span>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="scenarios" className={styles['panel']}>
          <ScenarioList onNew={choose} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" className={styles['panel']}>
          <RunList />
        </Tabs.Panel>
      </Tabs>
      <NewScenarioDialog opened={choosing} onClose={() => useView.getState().set({ new: undefined })} />
    </div>
  )
}

function Actions({ onNew }: { readonly onNew: () => void }) {
  const whyNot = useWhyNotWritable()
  const importIcon = <IconFileImport size={16} aria-hidden="true" />
  const newIcon = <IconPlus size={16} aria-hidden="true" />
  return (
    <>
      <GuardedButton variant="default" whyNot={whyNot} leftSection={importIcon} onClick={pickFiles}>
        Import
      </GuardedButton>
      <GuardedButton whyNot={whyNot} leftSection={newIcon} onClick={onNew}>
        New scenario
      </GuardedButton>
    </>
  )
}
