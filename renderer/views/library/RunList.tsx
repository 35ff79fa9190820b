/** Every run, whatever its scenario: to find, compare, tag and delete. */
import { Button } from '@mantine/core'
import { IconHistory, IconSearchOff } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { foundRuns } from './run-search.ts'
import { RunSelection } from './RunSelection.tsx'
import { RunTable } from './RunTable.tsx'
import styles from './RunList.module.css'
import { SearchField } from './SearchField.tsx'

export function RunList() {
  const summaries = useRuns((state) => state.summaries)
  const list = useRuns((state) => state.list)
  const listError = useRuns((state) => state.listError)
  const search = useView(({ address }) => address.parameters['q'] ?? '')
  const found = useMemo(() => foundRuns(summaries, search), [summaries, search])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())

  const toggle = useCallback((id: string): void => {
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])

  useEffect(() => {
    if (useRuns.getState().list === 'unread') void useRuns.getState().load()
  }, [])

  if (list === 'failed') return <Unreadable error={listError} />
  if (list !== 'ready') return <Loading label="Loading runs" lines={8} />
  if (summaries.length === 0) return <NoRuns />
  return (
    <div className={styles['list']}>
      <div className={styles['tools']}>
        <SearchField label="Search runs" />
        <RunSelection
          chosen={summaries.filter(({ id }) => selected.has(id))}
          onClear={() => setSelected(new Set())}
          total={found.length}
        />
      </div>
      {found.length === 0 ? (
        <NothingFound total={summaries.length} />
      ) : (
        <RunTable runs={found} selected={selected} onSelect={setSelected} onToggle={toggle} />
      )}
    </div>
  )
}

function Unreadable({ error }: { readonly error: unknown }) {
  return (
    <div className={styles['message']}>
      <ErrorPanel
        title="The runs could not be read."
        error={error}
        action={
          <Button variant="default" onClick={() => void useRuns.getState().load()}>
            Try again
          </Button>
        }
      />
    </div>
  )
}

function NoRuns() {
  return (
    <EmptyState
      title="No runs yet"
      icon={<IconHistory size={40} stroke={1.2} />}
      action={
        <Button variant="light" onClick={() => useView.getState().go('library')}>
          Show scenarios
        </Button>
      }
    >
      Every run is kept here with its seed and its engine, so that its numbers can be had again. Run a scenario to
      begin.
    </EmptyState>
  )
}

function NothingFound({ total }: { readonly total: number }) {
  return (
    <EmptyState
      title="Nothing found"
      icon={<IconSearchOff size={36} stroke={1.2} />}
      action={
        <Button variant="default" onClick={() => useView.getState().set({ q: undefined })}>
          Show all {total} runs
        </Button>
      }
    >
      No run has these words in its number, scenario, verdict, tags or notes.
    </EmptyState>
  )
}
