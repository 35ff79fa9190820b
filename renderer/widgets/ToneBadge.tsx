/** A few words with a sign and a colour: how something stands, readable without the colour. */
import styles from './ToneBadge.module.css'

export interface ToneBadgeProps {
  readonly sign: string
  readonly text: string
  /** Which colour: `good`, `bad`, `unsure`, `active`; any other is grey. */
  readonly tone: string
  /** Why, shown on hover. */
  readonly reason?: string | undefined
  /** In a table: without a box. */
  readonly plain?: boolean
}

export function ToneBadge({ sign, text, tone, reason = '', plain = false }: ToneBadgeProps) {
  return (
    <span
      className={styles['badge']}
      data-tone={tone}
      data-plain={plain || undefined}
      title={reason === '' ? undefined : reason}
    >
      <span aria-hidden="true" className={styles['sign']}>
        {sign}
      </span>
      {text}
    </span>
  )
}
