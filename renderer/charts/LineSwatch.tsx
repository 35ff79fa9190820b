/** A piece of a line as the chart draws it. */
import type { LineStyle } from './chart-colours.ts'

const DASHES = { solid: '0', dashed: '5 3', dotted: '1.5 2.5' } as const

export function LineSwatch({
  line,
  className,
}: {
  readonly line: LineStyle | undefined
  readonly className?: string | undefined
}) {
  if (line === undefined) return null
  return (
    <svg width={16} height={8} className={className} aria-hidden="true">
      <line x1={0} y1={4} x2={16} y2={4} stroke={line.colour} strokeWidth={3} strokeDasharray={DASHES[line.dash]} />
    </svg>
  )
}
