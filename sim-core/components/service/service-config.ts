// A service as it stands in a plan: plain data in base units.
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { AutoscalerConfig } from './autoscaling/registry.ts'
import { parametersOf } from './balancer.schema.ts'
import type { BalancerParameters } from './balancing/balancer.ts'
import type { OutlierConfig } from './balancing/outlier-ejection.ts'
import type { SlowStartConfig } from './balancing/slow-start.ts'
import type { DiscoveryConfig } from './discovery.ts'
import type { ServiceSpec } from './service.schema.ts'

/** Active health checks: how often, how many in a row turn an instance. */
export interface HealthConfig {
  readonly intervalNs: number
  readonly timeoutNs: number
  readonly healthy: number
  readonly unhealthy: number
}

/** The balancer of a service, in base units and with populations of keys by index. */
export interface BalancerConfig {
  readonly algorithm: string
  readonly parameters: BalancerParameters
  readonly weights: readonly number[] | undefined
  /** Population whose keys are hashed. */
  readonly key: number | undefined
  readonly sticky: { readonly key: number; readonly durationNs: number } | undefined
  readonly slowStart: SlowStartConfig | undefined
  readonly ejection: OutlierConfig | undefined
  readonly passive: { readonly maxFails: number; readonly failTimeoutNs: number } | undefined
  readonly panicThreshold: number | undefined
  readonly discovery: DiscoveryConfig | undefined
  readonly zones: number | undefined
}

/** What the model of a service is made from. */
export interface ServiceConfig {
  readonly replicas: number
  /** Most replicas there can be. */
  readonly replicasMax: number
  readonly workers: ServiceSpec['workers']
  readonly cpu: ServiceSpec['cpu']
  readonly memory: ServiceSpec['memory']
  readonly balancer: BalancerConfig
  readonly health: HealthConfig | undefined
  readonly autoscaler: { readonly config: AutoscalerConfig; readonly startNs: DistributionSpec } | undefined
}

/** The plan's entry for a service. `population` answers the index of a population of keys. */
export function serviceConfig(spec: ServiceSpec, population: (id: string) => number): ServiceConfig {
  return {
    replicas: spec.replicas,
    replicasMax: replicasMax(spec),
    workers: spec.workers,
    cpu: spec.cpu,
    memory: spec.memory,
    balancer: balancerConfig(spec, population),
    health: spec.balancer.health,
    autoscaler: spec.autoscaler,
  }
}

function balancerConfig({ balancer, workers }: ServiceSpec, population: (id: string) => number): BalancerConfig {
  const { key, sticky } = balancer
  // Where nothing is said, an instance has room for as many requests as it has workers.
  const room = workers.kind === 'limited' ? { maxConnections: workers.count } : {}
  return {
    algorithm: balancer.algorithm,
    parameters: { ...room, ...parametersOf(balancer) },
    weights: balancer.weights,
    key: key === undefined ? undefined : population(key),
    sticky: sticky && { key: population(sticky.key), durationNs: sticky.durationNs },
    slowStart: balancer.slowStart,
    ejection: balancer.ejection,
    passive: balancer.passive,
    panicThreshold: balancer.panicThresholdRatio,
    discovery: balancer.discovery,
    zones: balancer.zones,
  }
}

/** Replicas that a service may have at most at any time. */
export function replicasMax(spec: ServiceSpec): number {
  return Math.max(spec.replicas, spec.autoscaler?.config.max ?? 0)
}
