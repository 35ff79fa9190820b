/** A component on the canvas: kind and name, one figure, a queue bar, a count of replicas. */
import { Handle, Position } from '@xyflow/react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { figureWords } from '../widgets/figure-text.ts'
import { utilisationColour } from '../widgets/utilisation-ramp.ts'
import type { NodeFigures } from './canvas-figures.ts'
import styles from './ComponentNode.module.css'
import type { ComponentFlowNode } from './flow-elements.ts'
import { KindIcon } from './KindIcon.tsx'
import type { TopologyNode } from './topology.ts'

export const ComponentNode = memo(function ComponentNode({ data, selected }: NodeProps<ComponentFlowNode>) {
  const { node, figures, mode, problems, light } = data
  const isLive = mode === 'live' && figures !== undefined
  return (
    <div
      className={styles['node']}
      data-light={light}
      data-selected={selected}
      data-trouble={isLive && figures.trouble !== null}
    >
      <Handle type="target" position={Position.Left} className={styles['handle'] ?? ''} aria-hidden="true" />
      <Picture icon={node.definition.presentation.icon} utilisation={figures?.utilisation ?? null} />
      <span className={styles['words']}>
        <span className={styles['name']} title={node.name}>
          {node.name}
        </span>
        {isLive ? <LiveLine figures={figures} /> : <FactLine node={node} />}
      </span>
      {problems > 0 && (
        <span className={styles['problems']} title={problems === 1 ? '1 problem' : `${problems} problems`}>
          {problems}
        </span>
      )}
      {isLive && <Replicas replicas={figures.replicas} wanted={figures.replicasWanted} />}
      {isLive && <QueueBar share={figures.queueShare} />}
      <Handle type="source" position={Position.Right} className={styles['handle'] ?? ''} aria-hidden="true" />
    </div>
  )
})

/** The picture of the kind, on the colour of its utilisation. */
function Picture({ icon, utilisation }: { readonly icon: string; readonly utilisation: number | null }) {
  const colour = utilisation === null ? undefined : utilisationColour(utilisation)
  const style = colour === undefined ? undefined : { background: colour.fill, color: colour.text }
  return (
    <span className={styles['icon']} style={style}>
      <KindIcon icon={icon} size={18} />
    </span>
  )
}

function FactLine({ node }: { readonly node: TopologyNode }) {
  const [fact] = node.facts
  return (
    <span className={styles['line']}>
      {node.definition.presentation.label}
      {fact !== undefined && (
        <>
          <span className={styles['dot']}> · </span>
          {shortLabel(fact.label)} <span className={styles['value']}>{fact.value}</span>
        </>
      )}
    </span>
  )
}

/** The last word says it, except where it only says that something is counted: `shards count`, `rate from`. */
function shortLabel(label: string): string {
  const words = label.split(' ').filter((word) => word !== 'count' && word !== 'from')
  return words.at(-1) ?? label
}

function LiveLine({ figures }: { readonly figures: NodeFigures }) {
  const { figure, figureLabel, queued, trouble } = figures
  const waiting = trouble === null && queued !== null && queued > 0
  return (
    <span className={styles['line']}>
      {figure !== null && (
        <>
          <span className={styles['figure']}>{figure.text}</span> {figure.unit} {!waiting && figureLabel}
        </>
      )}
      {/* There is no room for what the figure is and for the queue; the queue is the news. */}
      {waiting && <span className={styles['queued']}> · {waitWords(queued)}</span>}
      {trouble !== null && <span className={styles['trouble']}> · {trouble}</span>}
    </span>
  )
}

function waitWords(queued: number): string {
  return queued === 1 ? '1 waits' : `${figureWords(queued, 'count')} wait`
}

function Replicas({ replicas, wanted }: { readonly replicas: number | null; readonly wanted: number | null }) {
  if (replicas === null) return null
  const isScaling = wanted !== null && wanted !== replicas
  return (
    <span className={styles['replicas']} data-scaling={isScaling} title={isScaling ? `${wanted} wanted` : 'replicas'}>
      ×{replicas}
      {isScaling && <span className={styles['wanted']}>→{wanted}</span>}
    </span>
  )
}

function QueueBar({ share }: { readonly share: number }) {
  return (
    <span className={styles['queue']}>
      <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  )
}
