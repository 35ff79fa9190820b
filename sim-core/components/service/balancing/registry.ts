// The load balancing algorithms on offer; a new one is its file, its test and one line here.

import type { BalancerDefinition } from './balancer.ts'
import { leastConnections } from './least-connections.ts'
import { powerOfTwo } from './power-of-two.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

/** Every balancing algorithm, in the order in which it is listed to the user. */
export const balancers: readonly BalancerDefinition[] = [
  roundRobin,
  leastConnections,
  weightedRoundRobin,
  powerOfTwo,
  random,
]
