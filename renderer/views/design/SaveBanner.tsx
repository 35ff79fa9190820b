/** What the user must decide or know about the safety of the text, above everything else on the screen. */
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHistory, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useIsConnected } from '../../stores/connection-store.ts'
import { useDocument } from '../../stores/document-store.ts'
import { momentText } from '../../widgets/time-text.ts'
import { toastError } from '../../widgets/toast.tsx'
import styles from './SaveBanner.module.css'

export function SaveBanner() {
  const saved = useDocument((state) => state.saved)
  const recovered = useDocument((state) => state.recovered)
  const isConnected = useIsConnected()
  const takeTheirs = useDocument((state) => state.takeTheirs)
  const keepMine = useDocument((state) => state.keepMine)
  const keepRecovered = useDocument((state) => state.keepRecovered)
  const discardRecovered = useDocument((state) => state.discardRecovered)
  if (saved.state === 'conflict') {
    return (
      <Banner tone="bad" icon={<IconAlertTriangle size={16} />} words={`${saved.message} ${saved.hint}`}>
        <Button size="compact-sm" variant="default" onClick={() => void takeTheirs().catch(failed)}>
          Take that version
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void keepMine().catch(failed)}>
          Keep mine
        </Button>
      </Banner>
    )
  }
  if (recovered !== null) {
    const words = `Recovered edits of ${momentText(recovered.atMs)} that never reached the host.`
    return (
      <Banner tone="unsure" icon={<IconHistory size={16} />} words={words}>
        <Button size="compact-sm" variant="default" onClick={keepRecovered}>
          Keep
        </Button>
        <Button size="compact-sm" variant="default" onClick={discardRecovered}>
          Discard
        </Button>
      </Banner>
    )
  }
  if (saved.state === 'read-only') {
    return <Banner tone="unsure" icon={<IconLock size={16} />} words={`${saved.message ?? ''} ${saved.hint ?? ''}`} />
  }
  // While there is no host, the frame says so above every screen.
  if (saved.state === 'failed' && isConnected) {
    const words = `Not saved: ${saved.message} Your edits are kept in this window. ${saved.hint}`
    return <Banner tone="bad" icon={<IconAlertTriangle size={16} />} words={words} />
  }
  return null
}

function failed(error: unknown): void {
  toastError('The versions could not be brought together', error)
}

interface BannerProps {
  readonly tone: 'bad' | 'unsure'
  readonly icon: ReactNode
  readonly words: string
  readonly children?: ReactNode
}

function Banner({ tone, icon, words, children }: BannerProps) {
  return (
    <div className={styles['banner']} data-tone={tone}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <output className={styles['words']}>{words}</output>
      {children}
    </div>
  )
}
