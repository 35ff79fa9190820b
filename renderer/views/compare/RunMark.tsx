/** The letter of a run in the colour of its lines. */
import { useComputedColorScheme } from '@mantine/core'
import { seriesColour } from '../../widgets/series-colour.ts'
import { runColourKey } from './run-colours.ts'
import styles from './RunMark.module.css'

export interface RunMarkProps {
  readonly label: string
}

export function RunMark({ label }: RunMarkProps) {
  const scheme = useComputedColorScheme('light')
  return (
    <span className={styles['mark']}>
      <span
        className={styles['line']}
        style={{ background: seriesColour(runColourKey(label), scheme) }}
        aria-hidden="true"
      />
      {label}
    </span>
  )
}
