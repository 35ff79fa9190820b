/** Buttons at the corner of the canvas: closer, further away, everything, tidy up. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus, IconSitemap } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import type { ReactNode } from 'react'
import styles from './TopologyCanvas.module.css'

/** Space around everything when it is fitted, as a share; and the closest that fitting goes. */
export const FIT = { padding: 0.08, maxZoom: 1.1 } as const

export interface CanvasControlsProps {
  readonly onFit: () => void
  /** Lays all nodes out anew; undefined where nothing may be moved. */
  readonly onArrange: (() => void) | undefined
}

export function CanvasControls({ onFit, onArrange }: CanvasControlsProps) {
  const flow = useReactFlow()
  return (
    <fieldset className={styles['controls']} aria-label="View of the canvas">
      <Control label="Zoom in" onClick={() => void flow.zoomIn()}>
        <IconPlus size={16} />
      </Control>
      <Control label="Zoom out" onClick={() => void flow.zoomOut()}>
        <IconMinus size={16} />
      </Control>
      <Control label="Show everything" onClick={onFit}>
        <IconMaximize size={16} />
      </Control>
      {onArrange !== undefined && (
        <Control label="Arrange from left to right" onClick={onArrange}>
          <IconSitemap size={16} />
        </Control>
      )}
    </fieldset>
  )
}

interface ControlProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function Control({ label, onClick, children }: ControlProps) {
  return (
    <Tooltip label={label} position="top">
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
