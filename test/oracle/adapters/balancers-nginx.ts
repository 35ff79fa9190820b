// Runs recordings of nginx against the balancers that simulations use.

import type { Balancer, BalancerDefinition } from '../../../sim-core/components/service/balancing/balancer.ts'
import { consistentHash } from '../../../sim-core/components/service/balancing/consistent-hash.ts'
import { hash } from '../../../sim-core/components/service/balancing/hash.ts'
import { ipHash } from '../../../sim-core/components/service/balancing/ip-hash.ts'
import { leastConnections } from '../../../sim-core/components/service/balancing/least-connections.ts'
import { PassiveHealth } from '../../../sim-core/components/service/balancing/passive-health.ts'
import { BLOCKED_BY, TargetEligibility } from '../../../sim-core/components/service/balancing/target-eligibility.ts'
import { weightedRoundRobin } from '../../../sim-core/components/service/balancing/weighted-round-robin.ts'
import { exactly, type OracleAdapter, type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { choices, groupOf, listOf, numberOr, openAndClose, optionsOf, sequence, serversOf } from './balancer-cases.ts'
import { numbersOf, recordOf } from './case-fields.ts'

const SECOND_NS = 1e9

/** nginx's defaults of `max_fails` and `fail_timeout`. */
const MAX_FAILS_DEFAULT = 1
const FAIL_TIMEOUT_DEFAULT_S = 10

/** The pause in which recovery cases bring the dead server back. */
const RECOVERY_PAUSE_NS = 2.2 * SECOND_NS

/** The upstream group of a case: the production balancer, its health checks and what keeps targets from being picked. */
interface Group {
  readonly balancer: Balancer
  readonly health: PassiveHealth
  readonly eligibility: TargetEligibility
}

function createGroup(definition: BalancerDefinition, testCase: OracleCase): Group {
  const servers = serversOf(testCase)
  const maxFails = servers.map((server) => numberOr(server['max_fails'], MAX_FAILS_DEFAULT))
  const options = { ...optionsOf(testCase), maxFails }
  const balancer = groupOf(definition, testCase, options)
  const eligibility = new TargetEligibility(servers.length, balancer)
  const failTimeoutNs = servers.map((server) => numberOr(server['fail_timeout'], FAIL_TIMEOUT_DEFAULT_S) * SECOND_NS)
  const health = new PassiveHealth({ maxFails, failTimeoutNs }, balancer, eligibility)
  for (const [target, server] of servers.entries()) {
    if (server['down'] !== true) eligibility.unblock(target, BLOCKED_BY.notReady)
  }
  return { balancer, health, eligibility }
}

/** Servers tried for one request until one answers; each answers and is done before the next request. */
function attempt({ balancer, health, eligibility }: Group, dead: ReadonlySet<number>, nowNs: number): number[] {
  const tried: number[] = []
  for (;;) {
    health.beforePick(nowNs)
    const target = balancer.pick(-1)
    if (target === -1) break
    tried.push(target)
    eligibility.block(target, BLOCKED_BY.tried)
    health.picked(target, nowNs)
    balancer.opened(target)
    const failed = dead.has(target)
    if (failed) health.failed(target, nowNs)
    else health.succeeded(target)
    balancer.closed(target)
    if (!failed) break
  }
  for (const target of tried) eligibility.unblock(target, BLOCKED_BY.tried)
  return tried
}

/** Requests against dead servers; where the case says so, a pause in which they come back, and more requests. */
function attempts(definition: BalancerDefinition): OracleAdapter {
  return (testCase) => {
    const group = createGroup(definition, testCase)
    const dead = new Set(numbersOf(testCase, 'deadServers'))
    const expected = recordOf(testCase, 'expected')
    const got: Record<string, unknown> = { attempts: listOf(expected['attempts']).map(() => attempt(group, dead, 0)) }
    if ('afterRecovery' in expected) {
      const afterRecovery = listOf(expected['afterRecovery'])
      got['afterRecovery'] = afterRecovery.map(() => attempt(group, new Set(), RECOVERY_PAUSE_NS))
    }
    return exactly(expected, got)
  }
}

/** Adapters by the `algorithm` of a case. */
export const nginxAdapters: OracleAdapters = {
  smooth_weighted_round_robin: sequence(weightedRoundRobin),
  smooth_weighted_round_robin_failures: attempts(weightedRoundRobin),
  smooth_weighted_round_robin_recovery: attempts(weightedRoundRobin),
  smooth_weighted_round_robin_backup: attempts(weightedRoundRobin),
  least_conn: openAndClose(leastConnections),
  ip_hash: choices(ipHash),
  hash_key: choices(hash),
  hash_key_consistent_ketama: choices(consistentHash),
}
