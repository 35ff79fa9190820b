// The rules on offer about which instances get requests; a new one is its file, its test, one line here and its field.

import type { InstanceRule } from './balancing/instance-rule.ts'
import { outlierEjection } from './balancing/outlier-ejection.ts'
import { passiveHealth } from './balancing/passive-health.ts'
import { slowStart } from './balancing/slow-start.ts'
import { stickySessions } from './balancing/sticky-sessions.ts'
import { panicThreshold } from './balancing/target-eligibility.ts'
import { zoneAwareness } from './balancing/zoned-balancer.ts'
import { registryDelay } from './discovery.ts'
import { activeHealth } from './health-checks.ts'

/** Every rule about instances, in the order in which it is listed to the user. */
export const instanceRules: readonly InstanceRule[] = [
  stickySessions,
  activeHealth,
  outlierEjection,
  passiveHealth,
  panicThreshold,
  slowStart,
  registryDelay,
  zoneAwareness,
]
