/** Breaks and mends things in a run under way. */
import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState } from 'react'
import type { FaultRequest, InjectedFault } from '../../../host/contract/run-records.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { clockText } from '../../widgets/time-text.ts'
import { toastError } from '../../widgets/toast.tsx'
import type { FaultKind, FaultTarget } from './fault-targets.ts'
import styles from './FaultPanel.module.css'

export interface FaultPanelProps {
  readonly runId: string
  readonly targets: readonly FaultTarget[]
  readonly injected: readonly InjectedFault[]
}

const labels: Readonly<Record<FaultKind, string>> = { kill: 'Kill', slow: 'Slow down', restore: 'Restore' }

/** What is asked for; a field is a text while it is no number. */
interface Wish {
  readonly kind: FaultKind
  readonly replicas: number | string
  readonly factor: number | string
  readonly seconds: number | string
}

/** What the form begins with: enough to see it, little enough to survive it. */
const firstWish: Wish = { kind: 'kill', replicas: 1, factor: 4, seconds: 60 }

export function FaultPanel({ runId, targets, injected }: FaultPanelProps) {
  const [name, setName] = useState<string | null>(null)
  const [wish, setWish] = useState(firstWish)
  const target = targets.find(({ value }) => value === name) ?? targets[0]
  if (target === undefined) return null
  return (
    <section className={styles['panel']} aria-label="Break something">
      <div className={styles['fields']}>
        <Select
          size="xs"
          label="Break something"
          data={targets.map(({ value }) => value)}
          value={target.value}
          searchable
          allowDeselect={false}
          onChange={setName}
        />
        <ActionFields target={target} wish={wish} onChange={setWish} />
        <InjectButton runId={runId} target={target} wish={wish} />
      </div>
      {injected.length > 0 && (
        <ul className={styles['list']}>
          {injected.map((fault) => (
            <li key={`${fault.atS} ${wordsOf(fault)}`}>
              {clockText(fault.atS)} {wordsOf(fault)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface ActionFieldsProps {
  readonly target: FaultTarget
  readonly wish: Wish
  readonly onChange: (wish: Wish) => void
}

function ActionFields({ target, wish, onChange }: ActionFieldsProps) {
  const set = (key: 'replicas' | 'factor' | 'seconds') => (value: number | string) =>
    onChange({ ...wish, [key]: value })
  const kind = fittingKind(target, wish)
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="What happens to it"
        data={target.kinds.map((value) => ({ value, label: labels[value] }))}
        value={kind}
        onChange={(value) => onChange({ ...wish, kind: value })}
      />
      {kind === 'kill' && target.hasReplicas && (
        <NumberInput
          size="xs"
          label="Replicas"
          min={1}
          allowDecimal={false}
          value={wish.replicas}
          onChange={set('replicas')}
        />
      )}
      {kind === 'slow' && (
        <>
          <NumberInput
            size="xs"
            label="Times slower"
            min={1.1}
            value={wish.factor}
            suffix="×"
            onChange={set('factor')}
          />
          <NumberInput size="xs" label="For" min={1} value={wish.seconds} suffix=" s" onChange={set('seconds')} />
        </>
      )}
    </>
  )
}

interface InjectButtonProps {
  readonly runId: string
  readonly target: FaultTarget
  readonly wish: Wish
}

function InjectButton({ runId, target, wish }: InjectButtonProps) {
  const [isBusy, setBusy] = useState(false)
  const action = actionOf(target, { ...wish, kind: fittingKind(target, wish) })
  const inject = async (): Promise<void> => {
    if (action === null) return
    setBusy(true)
    try {
      await useRuns.getState().inject({ runId, target: target.value, action })
      await useRuns.getState().open(runId)
    } catch (error) {
      toastError('Nothing was changed', error)
    }
    setBusy(false)
  }
  return (
    <Button
      size="xs"
      variant="default"
      loading={isBusy}
      disabled={action === null}
      leftSection={<IconBolt size={14} aria-hidden="true" />}
      onClick={() => void inject()}
    >
      {action?.kind === 'restore' ? 'Restore it' : 'Break it'}
    </Button>
  )
}

/** The kind that was asked for, where the target can have it. */
function fittingKind(target: FaultTarget, { kind }: Wish): FaultKind {
  return target.kinds.includes(kind) ? kind : (target.kinds[0] ?? 'slow')
}

function actionOf(target: FaultTarget, { kind, replicas, factor, seconds }: Wish): FaultRequest['action'] | null {
  if (kind === 'restore' || (kind === 'kill' && !target.hasReplicas)) return { kind }
  if (kind === 'kill') return typeof replicas === 'number' && replicas >= 1 ? { kind, replicas } : null
  const fits = typeof factor === 'number' && factor > 1 && typeof seconds === 'number' && seconds > 0
  return fits ? { kind, factor, forS: seconds } : null
}

function wordsOf({ target, action }: InjectedFault): string {
  if (action.kind === 'restore') return `${target} restored`
  if (action.kind === 'slow') return `${target} ${action.factor} times slower for ${action.forS} s`
  if (action.replicas === undefined) return `all of ${target} killed`
  return `${action.replicas} ${action.replicas === 1 ? 'replica' : 'replicas'} of ${target} killed`
}
