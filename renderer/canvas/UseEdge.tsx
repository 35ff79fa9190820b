/** An edge: as wide as its flow, dashed when nobody waits for the end, with the policies that guard it. */
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath } from '@xyflow/react'
import type { EdgeProps } from '@xyflow/react'
import { IconShield, IconShieldX } from '@tabler/icons-react'
import { memo } from 'react'
import { routePath } from './edge-route.ts'
import type { UseEdgeData, UseFlowEdge } from './flow-elements.ts'
import type { EdgeFigures } from './canvas-figures.ts'
import type { TopologyBadge } from './topology.ts'
import styles from './UseEdge.module.css'

/** Width of a line without flow, and of the widest, in px. */
const LEAST_WIDTH = 1.5
const MOST_WIDTH = 9

/** Radius of corners, in px. */
const CORNER = 10

const breakerWords = { closed: 'breaker closed', 'half-open': 'breaker trying again', open: 'breaker open' } as const

export const UseEdge = memo(function UseEdge(props: EdgeProps<UseFlowEdge>) {
  const { data, selected, markerEnd } = props
  if (data === undefined) return null
  const { edge, figures, light } = data
  const { path, label } = drawn(props, data)
  const width = LEAST_WIDTH + (MOST_WIDTH - LEAST_WIDTH) * Math.sqrt(Math.min(1, figures?.share ?? 0))
  const state = selected === true ? 'lit' : light
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        interactionWidth={16}
        className={styles[state] ?? ''}
        style={{ strokeWidth: width, ...(edge.isAsynchronous ? { strokeDasharray: '6 5' } : {}) }}
      />
      {edge.badges.length > 0 && (
        <EdgeLabelRenderer>
          <div
            className={styles['badges']}
            data-light={state}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {edge.badges.map((badge) => (
              <Badge key={badge.id} badge={badge} state={figures?.breakers[badge.id]} />
            ))}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** The way that was found for it, or one that the library finds. */
function drawn(
  props: EdgeProps<UseFlowEdge>,
  { route }: UseEdgeData,
): { path: string; label: { x: number; y: number } } {
  if (route !== undefined) return { path: routePath(route, CORNER), label: route.label }
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  const [path, x, y] = getSmoothStepPath({ ...ends, borderRadius: CORNER })
  return { path, label: { x, y } }
}

function Badge({
  badge,
  state,
}: {
  readonly badge: TopologyBadge
  readonly state: EdgeFigures['breakers'][string] | undefined
}) {
  const Picture = state === 'open' ? IconShieldX : IconShield
  const words = state === undefined ? '' : `: ${breakerWords[state]}`
  return (
    <span className={styles['badge']} data-state={state} title={`${badge.name}${words}`}>
      <Picture size={14} stroke={1.8} aria-hidden="true" />
      {state === 'open' && <span className={styles['word']}>open</span>}
      {state === 'half-open' && <span className={styles['word']}>trying</span>}
    </span>
  )
}
