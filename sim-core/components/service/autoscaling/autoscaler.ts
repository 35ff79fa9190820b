// What every autoscaler sees of its service and what it answers: the interface of the autoscaling family.

/** Where an instance is in its life. */
export type PodPhase = 'pending' | 'running' | 'succeeded' | 'failed'

/** What is known of one instance apart from its load. All instants are simulated nanoseconds. */
export interface PodStatus {
  readonly phase: PodPhase
  /** Told to stop and draining; it takes no new work. */
  readonly terminating: boolean
  /** When its process started; null while it is not yet known. */
  readonly startedNs: number | null
  /** Whether it takes traffic, and since when; null before its readiness was first looked at. */
  readonly readiness: { readonly ready: boolean; readonly sinceNs: number } | null
  /** When the load figures were taken, and over how long a window they are a mean. */
  readonly metricTakenNs: number
  readonly metricWindowNs: number
}

/** One instance with its load: usage and request are whole numbers of one unit; null means no figure. */
export interface PodSample extends PodStatus {
  /** Mean processor use over the metric window, and what the instance reserved, in thousandths of a core. */
  readonly cpuUsageMilli: number | null
  readonly cpuRequestMilli: number | null
  readonly memoryUsageBytes: number | null
  readonly memoryRequestBytes: number | null
}

/** What a service tells its autoscaler at a decision. */
export interface AutoscalerInputs {
  readonly nowNs: number
  /** Replicas wanted until now: running, starting, not those told to stop. */
  readonly currentReplicas: number
  /** Every instance that exists, draining ones included. */
  readonly pods: readonly PodSample[]
  /** Response time of the service since the last decision, in milliseconds; 0 when nothing was answered. */
  readonly responseTimeMs: number
}

/** What became of a decision: acted on, nothing to do, or wanted but held back by a cooldown, window or rate limit. */
export type ScaleOutcome = 'triggered' | 'held' | 'refused_by_cooldown'

/** One decision, ready to be recorded. */
export interface ScaleDecision {
  /** Replicas wanted from now on. */
  readonly desired: number
  /** The metric that decided: `cpu`, `memory`, `response_time`, or `replicas` when a bound did. */
  readonly metric: string
  /** Its value and the value it is compared with: ratios, milliseconds or replicas; NaN where there is no figure. */
  readonly value: number
  readonly threshold: number
  /** Why, in the words of the algorithm. */
  readonly reason: string
  readonly outcome: ScaleOutcome
}

/** Decides how many replicas a service shall have. Called once per decision period, with time never going back. */
export interface Autoscaler {
  decide(inputs: AutoscalerInputs): ScaleDecision
}

/** An autoscaler as the catalogue lists it; `Config` is plain data with times in nanoseconds and ratios in 0..1. */
export interface AutoscalerDefinition<Config> {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** @param config already validated; a value out of its range is an invariant violation. */
  create(config: Config): Autoscaler
}
