// Parts of a plan that components refer to.
import type { DistributionSpec } from '../distributions/registry.ts'

/** A population of keys: rank 0 is the most popular one. */
export interface PlanPopulation {
  readonly id: string
  readonly count: number
  readonly exponent: number
  readonly sizeBytes: DistributionSpec
  /** Share of the keys that the source does not have; none when absent. */
  readonly missingRatio?: number
}

/** An endpoint that requests can be made to. */
export interface PlanEndpoint {
  /** `service.endpoint` */
  readonly id: string
  readonly service: string
  readonly name: string
  /** Its first instruction. */
  readonly entry: number
  /** Populations whose keys a request to it may use, by index. */
  readonly populations: readonly number[]
}
