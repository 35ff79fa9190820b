/** The parts that a request's time divides into, each with its colour and its name. */
import styles from './TimeParts.module.css'

/** In the order in which they are drawn and listed. */
export const timeParts = ['service', 'queue', 'network', 'lock', 'retry'] as const

const WORDS: Readonly<Record<string, string>> = {
  service: 'work',
  queue: 'waiting in queues',
  network: 'network',
  lock: 'waiting for another request',
  retry: 'failed tries and pauses',
}

/** What a part means, in words. */
export function partWords(part: string): string {
  return WORDS[part] ?? part
}

/** A filled stretch in the colour of its part. */
export function PartBar({
  part,
  className,
  style,
}: {
  readonly part: string
  readonly className?: string | undefined
  readonly style?: React.CSSProperties
}) {
  return <span className={`${styles['part']} ${className ?? ''}`} data-part={part} style={style} />
}

/** Which colour is which. */
export function PartKey({ parts = timeParts }: { readonly parts?: readonly string[] }) {
  return (
    <ul className={styles['key']} aria-label="Colours">
      {parts.map((part) => (
        <li key={part}>
          <PartBar part={part} className={styles['swatch']} />
          {partWords(part)}
        </li>
      ))}
    </ul>
  )
}
