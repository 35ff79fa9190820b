// The queue shedders on offer; a new one is its file, its test and one line here.

import { invariant } from '../invariant.ts'
import { codel } from './codel.ts'
import type { QueueShedder, QueueShedderDefinition, QueueShedderParameters } from './queue-shedder.ts'

/** Every queue shedder, in the order in which it is listed to the user. */
export const queueShedders: readonly QueueShedderDefinition[] = [codel]

/** A queue shedder in a plan: the id of its kind, and every parameter. */
export interface QueueShedderConfig {
  readonly kind: string
  readonly parameters: QueueShedderParameters
}

/** Makes the queue shedder that a configuration names. */
export function createQueueShedder({ kind, parameters }: QueueShedderConfig): QueueShedder {
  const definition = queueShedders.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed queue shedder')
  return definition.create(parameters)
}
