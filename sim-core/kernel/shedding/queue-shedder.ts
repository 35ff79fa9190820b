// What throws waiting requests away before they are served: the interface of active queue management.

import { NS_PER_MS } from '../time.ts'

/** Looks at every frame that comes to the head of a queue. No method allocates. */
export interface QueueShedder {
  /**
   * True if the frame that is next is not to be served.
   * @param waitedNs how long it has waited
   * @param isLast whether nobody waits after it
   * @param isFirst whether it is the first that this server looks at, nobody before it having been dropped
   */
  drops(nowNs: number, waitedNs: number, isLast: boolean, isFirst: boolean): boolean
}

/** What queue shedders are made from; times in ns. */
export interface QueueShedderParameters {
  readonly targetNs: number
  readonly intervalNs: number
}

/** The name of a parameter. */
export type QueueShedderParameterId = keyof QueueShedderParameters

/** Every parameter, once for all kinds. */
export const queueShedderParameters = {
  targetNs: {
    key: 'target',
    quantity: 'duration',
    min: 1,
    max: Infinity,
    help: 'A wait that is fine to last.',
  },
  intervalNs: {
    key: 'interval',
    quantity: 'duration',
    min: 1,
    max: Infinity,
    help: 'How long waits may be above the target before the first is dropped.',
  },
} as const

/** The source's values, which it argues to fit nearly everywhere. */
export const QUEUE_SHEDDER_DEFAULTS: QueueShedderParameters = { targetNs: 5 * NS_PER_MS, intervalNs: 100 * NS_PER_MS }

/** A queue shedder as the catalogue lists it. */
export interface QueueShedderDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly QueueShedderParameterId[]
  create(parameters: QueueShedderParameters): QueueShedder
}
