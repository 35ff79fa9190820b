/** Grey lines where something will stand; only after a moment, so that quick answers do not flicker. */
import { Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import styles from './Loading.module.css'

/** Who waits less than this sees nothing. */
const PATIENCE_MS = 200

export interface LoadingProps {
  /** What is being loaded, for screen readers: "Loading the run". */
  readonly label: string
  readonly lines?: number
  /** In px. */
  readonly lineHeight?: number
}

/** Widths repeat, in per cent, so that it looks like text. */
const WIDTHS = [62, 94, 81, 88, 47]

export function Loading({ label, lines = 5, lineHeight = 16 }: LoadingProps) {
  const shown = useLateTruth(PATIENCE_MS)
  return (
    <output aria-label={label} className={styles['loading']}>
      {shown &&
        Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} height={lineHeight} width={`${WIDTHS[line % WIDTHS.length] ?? 80}%`} animate={false} />
        ))}
    </output>
  )
}

function useLateTruth(delayMs: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return late
}
