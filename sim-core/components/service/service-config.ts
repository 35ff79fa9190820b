// A service as it stands in a plan: plain data in base units.
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { AutoscalerConfig } from './autoscaling/registry.ts'
import type { ServiceSpec } from './service.schema.ts'

/** Active health checks: how often, how many in a row turn an instance. */
export interface HealthConfig {
  readonly intervalNs: number
  readonly timeoutNs: number
  readonly healthy: number
  readonly unhealthy: number
}

/** What the model of a service is made from. */
export interface ServiceConfig {
  readonly replicas: number
  /** Most replicas there can be. */
  readonly replicasMax: number
  readonly workers: ServiceSpec['workers']
  readonly cpu: ServiceSpec['cpu']
  readonly memory: ServiceSpec['memory']
  readonly balancer: { readonly algorithm: string; readonly weights?: readonly number[] }
  readonly health: HealthConfig | undefined
  readonly autoscaler: { readonly config: AutoscalerConfig; readonly startNs: DistributionSpec } | undefined
}

/** The plan's entry for a service. */
export function serviceConfig(spec: ServiceSpec): ServiceConfig {
  const { algorithm, weights, health } = spec.balancer
  return {
    replicas: spec.replicas,
    replicasMax: replicasMax(spec),
    workers: spec.workers,
    cpu: spec.cpu,
    memory: spec.memory,
    balancer: weights === undefined ? { algorithm } : { algorithm, weights },
    health,
    autoscaler: spec.autoscaler,
  }
}

/** Replicas that a service may have at most at any time. */
export function replicasMax(spec: ServiceSpec): number {
  return Math.max(spec.replicas, spec.autoscaler?.config.max ?? 0)
}
