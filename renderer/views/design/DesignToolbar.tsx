/** The line above the panes: what is shown, undo and redo, earlier versions, and the way to a run. */
import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHistory,
  IconLayoutSidebarRight,
  IconPlayerPlayFilled,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { modifierKey } from '../../app/keys.ts'
import { runScenario } from '../../app/run-scenario.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useDocument } from '../../stores/document-store.ts'
import type { DesignLayout } from './design-store.ts'
import { designLayouts, useDesign } from './design-store.ts'
import styles from './DesignView.module.css'

const layoutNames: Readonly<Record<DesignLayout, string>> = {
  canvas: 'Canvas',
  both: 'Canvas and YAML',
  yaml: 'YAML',
  table: 'Table',
}

export function DesignToolbar() {
  const layout = useDesign((state) => state.layout)
  const arrange = useDesign((state) => state.arrange)
  const show = useDesign((state) => state.show)
  const inspectorShown = useDesign((state) => state.inspectorShown)
  const undoLabel = useDocument((state) => state.undoLabel)
  const redoLabel = useDocument((state) => state.redoLabel)
  const undo = useDocument((state) => state.undo)
  const redo = useDocument((state) => state.redo)
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label="Design">
      <SegmentedControl
        size="xs"
        aria-label="What is shown"
        data={designLayouts.map((value) => ({ value, label: layoutNames[value] }))}
        value={layout}
        onChange={(value) => arrange(value)}
      />
      <span className={styles['gap']} />
      <Tool
        label={labelled('Undo', undoLabel)}
        keys={`${modifierKey} Z`}
        isDisabled={undoLabel === null}
        onClick={undo}
      >
        <IconArrowBackUp size={18} stroke={1.7} />
      </Tool>
      <Tool
        label={labelled('Redo', redoLabel)}
        keys={`${modifierKey} Shift Z`}
        isDisabled={redoLabel === null}
        onClick={redo}
      >
        <IconArrowForwardUp size={18} stroke={1.7} />
      </Tool>
      <Tool label="Earlier versions" onClick={() => show('historyShown', true)}>
        <IconHistory size={18} stroke={1.7} />
      </Tool>
      <span className={styles['space']} />
      <span className={styles['inspectorToggle']}>
        <Tool
          label={inspectorShown ? 'Hide the inspector' : 'Show the inspector'}
          isPressed={inspectorShown}
          onClick={() => show('inspectorShown', !inspectorShown)}
        >
          <IconLayoutSidebarRight size={18} stroke={1.7} />
        </Tool>
      </span>
      <RunButton />
    </div>
  )
}

function labelled(verb: string, label: string | null): string {
  return label === null ? verb : `${verb}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

function RunButton() {
  const id = useDocument((state) => state.id)
  const whyNot = useWhyNotWritable()
  const run = (): void => {
    if (id === null) return
    const hasErrors = useDocument.getState().problems.some(({ severity }) => severity === 'error')
    if (hasErrors) useDesign.getState().show('problemsShown', true)
    void runScenario({ scenarioId: id })
  }
  return (
    <Tooltip label={whyNot ?? `${modifierKey} Enter`}>
      <Button
        size="sm"
        h={32}
        leftSection={<IconPlayerPlayFilled size={14} />}
        onClick={run}
        disabled={whyNot !== null}
        aria-description={whyNot ?? undefined}
      >
        Run
      </Button>
    </Tooltip>
  )
}

interface ToolProps {
  readonly label: string
  readonly keys?: string
  readonly isDisabled?: boolean
  readonly isPressed?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function Tool({ label, keys, isDisabled = false, isPressed, onClick, children }: ToolProps) {
  return (
    <Tooltip label={keys === undefined ? label : `${label} (${keys})`}>
      <ActionIcon
        className={styles['tool'] ?? ''}
        variant="subtle"
        color="gray"
        size={32}
        aria-label={label}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
