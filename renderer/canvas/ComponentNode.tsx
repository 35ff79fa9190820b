/** A component on the canvas: kind and name, one figure, a queue bar, a count of replicas. */
import { Handle, Position } from '@xyflow/react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { utilisationColour } from '../widgets/utilisation-ramp.ts'
import styles from './ComponentNode.module.css'
import type { ComponentFlowNode } from './flow-elements.ts'
import type { Fact } from './topology.ts'
import { KindIcon } from './KindIcon.tsx'

/** Figures of the configuration that a node has room for. */
const FACTS_SHOWN = 2

export const ComponentNode = memo(function ComponentNode({ data, selected }: NodeProps<ComponentFlowNode>) {
  const { node, figures, mode, problems, light } = data
  const { presentation } = node.definition
  const trouble = figures?.trouble ?? null
  return (
    <div className={styles['node']} data-light={light} data-selected={selected} data-trouble={trouble !== null}>
      <Handle type="target" position={Position.Left} className={styles['handle'] ?? ''} aria-hidden="true" />
      <div className={styles['head']}>
        <Picture icon={presentation.icon} utilisation={figures?.utilisation ?? null} />
        <span className={styles['names']}>
          <span className={styles['name']} title={node.name}>
            {node.name}
          </span>
          <span className={styles['kind']}>{presentation.label}</span>
        </span>
        {problems > 0 && (
          <span className={styles['problems']} title={problems === 1 ? '1 problem' : `${problems} problems`}>
            {problems}
          </span>
        )}
        <Replicas replicas={figures?.replicas ?? null} wanted={figures?.replicasWanted ?? null} />
      </div>
      {mode === 'live' && figures !== undefined ? <LiveLine data={figures} /> : <FactLine facts={node.facts} />}
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

function FactLine({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <div className={styles['facts']}>
      {facts.slice(0, FACTS_SHOWN).map(({ label, value }) => (
        <span key={label} className={styles['fact']}>
          <span className={styles['factLabel']}>{label}</span> {value}
        </span>
      ))}
    </div>
  )
}

function LiveLine({ data }: { readonly data: NonNullable<ComponentFlowNode['data']['figures']> }) {
  const { figure, figureLabel, queued, queueShare, trouble } = data
  return (
    <div className={styles['live']}>
      <span className={styles['figure']}>
        {figure !== null && (
          <>
            <span className={styles['figureValue']}>{figure.text}</span>
            <span className={styles['figureUnit']}> {figure.unit}</span>
            <span className={styles['figureLabel']}> {figureLabel}</span>
          </>
        )}
      </span>
      {trouble === null ? (
        <span className={styles['queueText']}>{queued === null || queued === 0 ? '' : `${queued} waiting`}</span>
      ) : (
        <span className={styles['trouble']}>{trouble}</span>
      )}
      <span className={styles['queue']} data-empty={queueShare <= 0}>
        <span style={{ width: `${Math.min(1, queueShare) * 100}%` }} />
      </span>
    </div>
  )
}
