// Runs recorded load balancing cases against the balancers that simulations use.

import type { Balancer, BalancerDefinition } from '../../../sim-core/components/service/balancing/balancer.ts'
import { BackupBalancer } from '../../../sim-core/components/service/balancing/backup-balancer.ts'
import { leastConnections } from '../../../sim-core/components/service/balancing/least-connections.ts'
import { PassiveHealth } from '../../../sim-core/components/service/balancing/passive-health.ts'
import { BLOCKED_BY, TargetEligibility } from '../../../sim-core/components/service/balancing/target-eligibility.ts'
import { weightedRoundRobin } from '../../../sim-core/components/service/balancing/weighted-round-robin.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { exactly, type OracleAdapter, type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { isRecord, numbersOf, recordOf } from './case-fields.ts'

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

function serversOf(testCase: OracleCase): Readonly<Record<string, unknown>>[] {
  const servers = testCase['servers']
  if (!Array.isArray(servers) || !servers.every(isRecord)) throw new TypeError('servers is no list of objects')
  return servers
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list')
  return value
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

function createGroup(definition: BalancerDefinition, testCase: OracleCase): Group {
  const servers = serversOf(testCase)
  const maxFails = servers.map((server) => numberOr(server['max_fails'], MAX_FAILS_DEFAULT))
  const options = {
    targets: servers.length,
    weights: servers.map((server) => numberOr(server['weight'], 1)),
    maxFails,
    stream: new RandomStreams(1, 0).stream('oracle/balancer'),
  }
  const isBackup = servers.map((server) => server['backup'] === true)
  const primary = definition.create(options)
  const balancer = isBackup.includes(true) ? new BackupBalancer(primary, definition.create(options), isBackup) : primary
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
    const target = balancer.pick()
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

function sequence(definition: BalancerDefinition): OracleAdapter {
  return (testCase) => {
    const { balancer } = createGroup(definition, testCase)
    const expected = numbersOf(recordOf(testCase, 'expected'), 'sequence')
    const got = expected.map(() => {
      const target = balancer.pick()
      balancer.opened(target)
      balancer.closed(target)
      return target
    })
    return exactly(expected, got)
  }
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

/** Requests that stay open until a recorded event closes them. */
function openAndClose(definition: BalancerDefinition): OracleAdapter {
  return (testCase) => {
    const { balancer } = createGroup(definition, testCase)
    const events = listOf(recordOf(testCase, 'expected')['events']).map(listOf)
    const targetOf = new Map<unknown, number>()
    const got = events.map(([kind, request]) => {
      if (kind === 'close') {
        balancer.closed(targetOf.get(request) ?? -1)
        return [kind, request]
      }
      const target = balancer.pick()
      balancer.opened(target)
      targetOf.set(request, target)
      return [kind, request, target]
    })
    return exactly(events, got)
  }
}

/** Adapters of the load balancing families, by the `algorithm` of a case. */
export const balancerAdapters: OracleAdapters = {
  smooth_weighted_round_robin: sequence(weightedRoundRobin),
  smooth_weighted_round_robin_failures: attempts(weightedRoundRobin),
  smooth_weighted_round_robin_recovery: attempts(weightedRoundRobin),
  smooth_weighted_round_robin_backup: attempts(weightedRoundRobin),
  least_conn: openAndClose(leastConnections),
}
