/** The live figures that a canvas shows beside names: whoever watches a run feeds them. */
import type { FigureText } from '../widgets/figure-text.ts'

/** How a component is doing right now. */
export interface NodeFigures {
  /** 0..1 of its busiest station, or null for what is never busy; colours the node. */
  readonly utilisation: number | null
  /** The one figure to read, with what it is: `87 %`, `busy`. */
  readonly figure: FigureText | null
  readonly figureLabel: string
  /** Requests that wait for it. */
  readonly queued: number | null
  /** Length of the queue bar, 0..1. */
  readonly queueShare: number
  /** Instances that take requests now, and that it should have; null for what has none. */
  readonly replicas: number | null
  readonly replicasWanted: number | null
  /** What is wrong with it in a word or two, such as `2 killed`; null while nothing is. */
  readonly trouble: string | null
}

/** What flows along an edge right now. */
export interface EdgeFigures {
  readonly ratePerSecond: number | null
  /** Width of the line, 0..1 of the widest. */
  readonly share: number
  /** State of the breaker of a policy on this edge, by the badge's id. */
  readonly breakers: Readonly<Record<string, 'closed' | 'half-open' | 'open'>>
}
