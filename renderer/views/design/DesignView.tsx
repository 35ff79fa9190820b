/** The screen Design: palette, canvas and text in step, inspector, problems. */
import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useCommands } from '../../app/commands.ts'
import { modifierKey } from '../../app/keys.ts'
import { Inspector } from '../../inspector/Inspector.tsx'
import { Palette } from '../../inspector/Palette.tsx'
import { useDocument } from '../../stores/document-store.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { CanvasPane } from './CanvasPane.tsx'
import { ComponentTable } from './ComponentTable.tsx'
import { useDesign } from './design-store.ts'
import { DesignToolbar } from './DesignToolbar.tsx'
import styles from './DesignView.module.css'
import { HistoryDialog } from './HistoryDialog.tsx'
import { ProblemsPanel } from './ProblemsPanel.tsx'
import { SaveBanner } from './SaveBanner.tsx'
import { Splitter } from './Splitter.tsx'
import { useDesignKeys } from './use-design-keys.ts'
import { YamlPane } from './YamlPane.tsx'

export function DesignView() {
  const subject = useView((state) => state.address.subject)
  const phase = useDocument((state) => state.phase)
  const openError = useDocument((state) => state.openError)
  useEffect(() => {
    if (subject !== '') void useDocument.getState().open(subject)
  }, [subject])
  if (subject === '') {
    return (
      <EmptyState
        title="No scenario is open"
        action={<Button onClick={() => useView.getState().go('library')}>Go to the library</Button>}
      >
        Choose one in the library, such as Black Friday, or start a new one there.
      </EmptyState>
    )
  }
  if (phase === 'failed') {
    return (
      <div className={styles['message']}>
        <ErrorPanel
          title="This scenario could not be opened."
          error={openError}
          action={
            <Button variant="default" onClick={() => void useDocument.getState().open(subject)}>
              Try again
            </Button>
          }
        />
      </div>
    )
  }
  if (phase !== 'ready') {
    return (
      <div className={styles['message']}>
        <Loading label="Opening the scenario" lines={8} />
      </div>
    )
  }
  return <Design />
}

function Design() {
  useDesignKeys()
  useDesignCommands()
  useSelectionInAddress()
  const inspectorShown = useDesign((state) => state.inspectorShown)
  const show = useDesign((state) => state.show)
  return (
    <div className={styles['design']}>
      <VisuallyHidden>
        <h1>Design</h1>
      </VisuallyHidden>
      <DesignToolbar />
      <SaveBanner />
      <div className={styles['panes']}>
        <aside className={styles['palette']} aria-label="Components to add">
          <Palette />
        </aside>
        <Middle />
        <div className={styles['inspector']} data-shown={inspectorShown}>
          <ActionIcon
            className={styles['close'] ?? ''}
            variant="subtle"
            color="gray"
            aria-label="Close the inspector"
            onClick={() => show('inspectorShown', false)}
          >
            <IconX size={16} />
          </ActionIcon>
          <Inspector />
        </div>
      </div>
      <ProblemsPanel />
      <HistoryDialog />
    </div>
  )
}

function Middle() {
  const layout = useDesign((state) => state.layout)
  const split = useDesign((state) => state.split)
  const rows = layout === 'both' ? `minmax(0, ${split}fr) auto minmax(0, ${1 - split}fr)` : 'minmax(0, 1fr)'
  return (
    <div className={styles['middle']} style={{ gridTemplateRows: rows }}>
      {(layout === 'canvas' || layout === 'both') && (
        <div className={styles['pane']}>
          <CanvasPane />
        </div>
      )}
      {layout === 'both' && <Splitter />}
      {(layout === 'yaml' || layout === 'both') && (
        <section className={styles['pane']} aria-label="Text">
          <YamlPane />
        </section>
      )}
      {layout === 'table' && (
        <section className={styles['pane']} aria-label="Table">
          <ComponentTable />
        </section>
      )}
    </div>
  )
}

/** The palette and the window's menu undo, too. */
function useDesignCommands(): void {
  const undoLabel = useDocument((state) => state.undoLabel)
  const redoLabel = useDocument((state) => state.redoLabel)
  const undo = useDocument((state) => state.undo)
  const redo = useDocument((state) => state.redo)
  useCommands([
    ...(undoLabel === null
      ? []
      : [
          {
            id: 'undo',
            label: 'Undo',
            description: undoLabel,
            group: 'Scenario' as const,
            shortcut: `${modifierKey} Z`,
            run: undo,
          },
        ]),
    ...(redoLabel === null
      ? []
      : [
          {
            id: 'redo',
            label: 'Redo',
            description: redoLabel,
            group: 'Scenario' as const,
            shortcut: `${modifierKey} Shift Z`,
            run: redo,
          },
        ]),
    {
      id: 'history',
      label: 'Show earlier versions',
      group: 'Scenario' as const,
      run: () => useDesign.getState().show('historyShown', true),
    },
  ])
}

/** What is selected stands in the address, so that a link shows the same. */
function useSelectionInAddress(): void {
  useEffect(() => {
    const wanted = useView.getState().address.parameters['select']
    if (wanted !== undefined && wanted !== useDocument.getState().selection) useDocument.getState().select(wanted)
    return useDocument.subscribe(({ selection }, before) => {
      if (selection === before.selection || useView.getState().address.view !== 'design') return
      useView.getState().set({ select: selection ?? undefined })
    })
  }, [])
}
