// A compiled scenario: plain data in base units, with indices in place of names, ready to be cloned into a worker.
import type { PlanInstruction, PlanValue } from '../kernel/program.ts'
import type { PlanEndpoint, PlanPopulation } from './plan-parts.ts'

/** A component of a plan; its config is what its kind's definition compiled. */
export interface PlanComponent {
  readonly kind: string
  readonly id: string
  readonly config: PlanValue
  /** Ratios of its counters that results show. */
  readonly ratios: readonly PlanRatio[]
}

/** Increase of one counter over the increases of several. */
export interface PlanRatio {
  readonly id: string
  readonly of: string
  readonly among: readonly string[]
}

/** Figures that a latency or outcome is judged by; latencies in ns, the others as ratios or per second. */
export interface PlanObjective {
  /** `p95`, `mean`, `errors`, `availability`, `throughput` */
  readonly metric: string
  /** Endpoint index, or -1 for all requests of clients. */
  readonly endpoint: number
  readonly target: number
}

/** What theory says of one endpoint. Figures are named as in results; times in ms. */
export interface PlanTheory {
  readonly component: string
  readonly endpoint: string
  /** In Kendall's notation. */
  readonly model: string
  readonly figures: Readonly<Record<string, number>>
}

/** How a run is measured. */
export interface PlanMeasurement {
  readonly durationNs: number
  /** Time that no figure counts; null when it is found from the run itself. */
  readonly warmupNs: number | null
  readonly bucketNs: number
  /** Every how many client requests one is traced whole. */
  readonly traceStride: number
}

/** How runs are repeated. Not part of what a plan is: the same plan may be run with other seeds. */
export interface PlanStudy {
  readonly seed: number
  readonly replications: number
  readonly replicationsMax: number
  readonly precision: number | null
  readonly confidence: number
}

/** A compiled scenario. */
export interface Plan {
  readonly name: string
  readonly question: string
  readonly components: readonly PlanComponent[]
  readonly instructions: readonly PlanInstruction[]
  readonly endpoints: readonly PlanEndpoint[]
  readonly populations: readonly PlanPopulation[]
  /** Causes of failure by code. */
  readonly causes: readonly string[]
  readonly objectives: readonly PlanObjective[]
  readonly theory: readonly PlanTheory[]
  /** Whether load and system stay the same throughout, so that stretches of one run are alike. */
  readonly stationary: boolean
  readonly measurement: PlanMeasurement
  readonly inFlightMax: number
  readonly eventsMax: number | null
  /** Client requests expected in one replication. */
  readonly requestsExpected: number
}
