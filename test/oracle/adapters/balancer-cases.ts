// What recorded load balancing cases have in common: targets, keys in the words of the case, sequences, choices and events.

import { BackupBalancer } from '../../../sim-core/components/service/balancing/backup-balancer.ts'
import type {
  Balancer,
  BalancerDefinition,
  BalancerOptions,
  BalancerParameters,
} from '../../../sim-core/components/service/balancing/balancer.ts'
import type { RequestKeys } from '../../../sim-core/components/service/balancing/request-keys.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { exactly, type OracleAdapter, type OracleCase } from '../oracle-case.ts'
import { isRecord, numbersOf, recordOf } from './case-fields.ts'

/** Reads parameters of the algorithm from a case. */
export type ParametersOf = (testCase: OracleCase) => BalancerParameters

const noParameters: ParametersOf = () => ({})

/** The list in a field or entry. Throws if it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list')
  return value
}

/** The number, or another one where there is none. */
export function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

/** The servers or hosts of a case. */
export function serversOf(testCase: OracleCase): Readonly<Record<string, unknown>>[] {
  const servers = testCase['servers'] ?? testCase['hosts']
  if (!Array.isArray(servers) || !servers.every(isRecord)) throw new TypeError('servers is no list of objects')
  return servers
}

/** Keys as the case writes them, numbered in their order; a key that is an IPv4 address is the client's. */
export class WrittenKeys implements RequestKeys {
  readonly count: number
  bytes = new Uint8Array(0)
  private readonly texts: readonly string[]

  constructor(texts: readonly string[]) {
    this.texts = texts
    this.count = texts.length
  }

  load(key: number): number {
    this.bytes = encodeUtf8(this.texts[key]!) as Uint8Array<ArrayBuffer>
    return 0
  }

  addressOf(key: number): number {
    return this.texts[key]!.split('.').reduce((address, octet) => address * 256 + Number(octet), 0)
  }
}

/** What a balancer over the servers of a case is made from. */
export function optionsOf(
  testCase: OracleCase,
  keys: readonly string[] = [],
  parameters: BalancerParameters = {},
): BalancerOptions {
  const servers = serversOf(testCase)
  return {
    targets: servers.length,
    weights: servers.map((server) => numberOr(server['weight'], 1)),
    addresses: servers.map((server) => String(server['addr'] ?? server['key'])),
    stream: new RandomStreams(1, 0).stream('oracle/balancer'),
    clock: new Float64Array(1),
    keys: new WrittenKeys(keys),
    parameters,
  }
}

/** A balancer over the servers of a case, backups behind the others; nothing is eligible yet. */
export function groupOf(definition: BalancerDefinition, testCase: OracleCase, options: BalancerOptions): Balancer {
  const isBackup = serversOf(testCase).map((server) => server['backup'] === true)
  const primary = definition.create(options)
  return isBackup.includes(true) ? new BackupBalancer(primary, definition.create(options), isBackup) : primary
}

/** A balancer over the servers of a case, those that are down left out. */
function balancerOf(
  definition: BalancerDefinition,
  testCase: OracleCase,
  keys: readonly string[] = [],
  parameters: BalancerParameters = {},
): Balancer {
  const balancer = groupOf(definition, testCase, optionsOf(testCase, keys, parameters))
  for (const [target, server] of serversOf(testCase).entries()) {
    if (server['down'] !== true) balancer.setEligible(target, true)
  }
  return balancer
}

/** Requests that are over before the next. */
export function sequence(definition: BalancerDefinition): OracleAdapter {
  return (testCase) => {
    const balancer = balancerOf(definition, testCase)
    const expected = numbersOf(recordOf(testCase, 'expected'), 'sequence')
    const got = expected.map(() => {
      const target = balancer.pick(-1)
      balancer.opened(target)
      balancer.closed(target)
      return target
    })
    return exactly(expected, got)
  }
}

/** Requests that stay open until a recorded event closes them. */
export function openAndClose(definition: BalancerDefinition, parametersOf: ParametersOf = noParameters): OracleAdapter {
  return (testCase) => {
    const balancer = balancerOf(definition, testCase, [], parametersOf(testCase))
    const events = listOf(recordOf(testCase, 'expected')['events']).map(listOf)
    const targetOf = new Map<unknown, number>()
    const got = events.map(([kind, request]) => {
      if (kind === 'close') {
        balancer.closed(targetOf.get(request) ?? -1)
        return [kind, request]
      }
      const target = balancer.pick(-1)
      balancer.opened(target)
      targetOf.set(request, target)
      return [kind, request, target]
    })
    return exactly(events, got)
  }
}

/** The target of each key of a list of [key, target]. */
export function choicesOf(
  definition: BalancerDefinition,
  testCase: OracleCase,
  pairs: readonly unknown[],
  parameters: BalancerParameters = {},
  textOf: (key: string) => string = String,
): [unknown, number][] {
  const keys = pairs.map((pair) => listOf(pair)[0])
  const balancer = balancerOf(
    definition,
    testCase,
    keys.map((key) => textOf(String(key))),
    parameters,
  )
  return keys.map((key, number) => [key, balancer.pick(number)])
}

/** Recorded choices by key. */
export function choices(
  definition: BalancerDefinition,
  parametersOf: ParametersOf = noParameters,
  textOf: (key: string) => string = String,
): OracleAdapter {
  return (testCase) => {
    const pairs = listOf(recordOf(testCase, 'expected')['choices'])
    return exactly(pairs, choicesOf(definition, testCase, pairs, parametersOf(testCase), textOf))
  }
}
