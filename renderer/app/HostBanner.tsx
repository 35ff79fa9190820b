/** Says that the host is gone and when the next try is, or why nothing can be written. */
import { Button } from '@mantine/core'
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { connectHost } from '../host-client/host.ts'
import { useConnection } from '../stores/connection-store.ts'
import { sentence } from '../widgets/explained.ts'
import { useNow } from '../widgets/use-now.ts'
import styles from './HostBanner.module.css'

/** The countdown is read this often, in ms. */
const TICK_MS = 250

export function HostBanner() {
  const phase = useConnection((state) => state.phase)
  const readOnlyReason = useConnection(({ info }) => info?.readOnlyReason ?? null)
  if (phase === 'lost') return <Lost />
  return readOnlyReason === null ? null : <ReadOnly reason={readOnlyReason} />
}

function Lost() {
  const retryAtMs = useConnection((state) => state.retryAtMs)
  const everThere = useConnection(({ info }) => info !== null)
  const leftS = Math.max(0, Math.ceil(((retryAtMs ?? 0) - useNow(TICK_MS)) / 1000))
  return (
    <div className={styles['banner']} data-tone="bad">
      <IconPlugConnectedX size={16} aria-hidden="true" />
      <span role="alert">
        {everThere ? 'Connection to the host is lost. Your edits are kept in this page.' : 'The host does not answer.'}
      </span>
      <span>{leftS === 0 ? 'Trying again…' : `Trying again in ${leftS} s.`}</span>
      <Button size="compact-xs" variant="default" onClick={connectHost}>
        Try now
      </Button>
    </div>
  )
}

function ReadOnly({ reason }: { readonly reason: string }) {
  return (
    <div className={styles['banner']} data-tone="unsure">
      <IconLock size={16} aria-hidden="true" />
      <span role="alert">
        <strong>Read-only.</strong> {sentence(reason)} Everything can be looked at; nothing can be changed or run.
      </span>
    </div>
  )
}
