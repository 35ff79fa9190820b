/** One choice in a list: its name, and one sentence about it. */
import { IconCheck } from '@tabler/icons-react'
import { InlineText } from './InlineText.tsx'
import styles from './OptionLine.module.css'

interface OptionLineProps {
  readonly label: string
  readonly help: string
  readonly isChosen: boolean
}

export function OptionLine({ label, help, isChosen }: OptionLineProps) {
  return (
    <span className={styles['option']}>
      <span className={styles['label']}>
        {label}
        {isChosen && <IconCheck size={14} aria-hidden="true" />}
      </span>
      {help !== '' && (
        <span className={styles['help']}>
          <InlineText text={help} />
        </span>
      )}
    </span>
  )
}
