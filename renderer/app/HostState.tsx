/** Whether the host is there, as a dot with a word, and what is known of it. */
import { Popover, Text, UnstyledButton } from '@mantine/core'
import { useConnection } from '../stores/connection-store.ts'
import styles from './HostState.module.css'

export function HostState() {
  const phase = useConnection((state) => state.phase)
  const info = useConnection((state) => state.info)
  const readOnly = info?.readOnlyReason ?? null
  const [word, tone] =
    phase === 'connecting'
      ? ['Starting', 'unsure']
      : phase === 'lost'
        ? ['Disconnected', 'bad']
        : readOnly === null
          ? ['Connected', 'good']
          : ['Read-only', 'unsure']
  return (
    <Popover position="bottom-end" width={320} shadow="md" trapFocus={false}>
      <Popover.Target>
        <UnstyledButton className={styles['state']} aria-label={`Host: ${word}`}>
          <span className={styles['dot']} data-tone={tone} aria-hidden="true" />
          <span className={styles['word']}>{word}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {readOnly !== null && <Text size="sm">{readOnly}</Text>}
        {info === null ? (
          <Text size="sm">The host has not answered yet.</Text>
        ) : (
          <dl className={styles['facts']}>
            <dt>Data folder</dt>
            <dd className={styles['path']}>{info.dataFolder}</dd>
            <dt>Application</dt>
            <dd>{info.applicationVersion}</dd>
            <dt>Engine</dt>
            <dd>{info.engineVersion}</dd>
            <dt>Cores</dt>
            <dd>{info.cores}</dd>
          </dl>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
