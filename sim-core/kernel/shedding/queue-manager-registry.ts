// The queue managers on offer; a new one is its file, its test and one line here.

import { invariant } from '../invariant.ts'
import { codel } from './codel.ts'
import type { QueueManager, QueueManagerDefinition, QueueManagerParameters } from './queue-manager.ts'

/** Every queue manager, in the order in which it is listed to the user. */
export const queueManagers: readonly QueueManagerDefinition[] = [codel]

/** A queue manager in a plan: the id of its kind, and every parameter. */
export interface QueueManagerConfig {
  readonly kind: string
  readonly parameters: QueueManagerParameters
}

/** Makes the queue manager that a configuration names. */
export function createQueueManager({ kind, parameters }: QueueManagerConfig): QueueManager {
  const definition = queueManagers.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed queue manager')
  return definition.create(parameters)
}
