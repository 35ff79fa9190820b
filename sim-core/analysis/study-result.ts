// The result of a study: what a planner, a program or a chart reads. Keys are snake_case because this is the exported JSON.

/** Version of the shape; it grows by new keys only. */
export const RESULT_SCHEMA = 'headroom.result/1'

/** A mean over replications (or batches) with its confidence interval; null where there is no figure. */
export interface Estimate {
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
}

/** What a study says of its scenario. */
export type Verdict = 'pass' | 'fail' | 'not_converged' | 'overloaded'

/** An objective judged. Latencies in ms, ratios in 0..1, throughput per second. `pass` is null when it cannot be told. */
export interface ObjectiveResult {
  /** `p95` of all requests, or `catalog.get_product.p95`. */
  readonly id: string
  readonly metric: string
  readonly endpoint: string | null
  readonly target: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly pass: boolean | null
}

/** Outcomes and latencies of one endpoint, or of the clients. Counts are sums over replications, after the warm-up. */
export interface EndpointSummary {
  readonly arrivals: number
  readonly completed: number
  readonly failed: number
  readonly errors: Readonly<Record<string, number>>
  /** Work finished for callers that no longer waited, from the start of the runs on. */
  readonly wasted: number
  readonly error_ratio: Estimate
  readonly throughput_rps: Estimate
  readonly in_flight: Estimate
  readonly latency_ms: {
    readonly mean: Estimate
    readonly p50: Estimate
    readonly p90: Estimate
    readonly p95: Estimate
    readonly p99: Estimate
    readonly p99_9: Estimate
  }
  /** Where the mean latency goes; the parts sum to it. */
  readonly time_ms: {
    readonly queue: number
    readonly service: number
    readonly network: number
    readonly retry: number
    readonly lock: number
  }
  /** Objectives of this endpoint by metric. */
  readonly slo: Readonly<Record<string, ObjectiveResult>>
}

/** A group of like stations of a component, such as its processors or its pool. */
export interface StationSummary {
  readonly utilisation: Estimate
  readonly busy: Estimate
  readonly queue_length: Estimate
  /** Waits of those who were served in the end, zero for who did not wait. */
  readonly wait_ms: { readonly mean: Estimate; readonly p95: Estimate; readonly p99: Estimate }
  /** Share of those let in who had to wait. */
  readonly wait_probability: Estimate
  readonly throughput_rps: Estimate
  readonly rejected: number
  readonly abandoned: number
}

/** One component: the highest utilisation of its stations, all of them, and what its kind adds. */
export interface ComponentSummary {
  readonly kind: string
  readonly utilisation: Estimate
  readonly queue_length: Estimate
  readonly stations: Readonly<Record<string, StationSummary>>
  readonly metrics: Readonly<Record<string, Estimate>>
}

/** What makes slow requests slow: the cause of their waiting, be it there or for those who wait there. */
export interface Bottleneck {
  readonly component: string
  readonly station: string
  /** Share of the waiting of slow requests (the slowest 5 %) that is due to it. */
  readonly share_of_slow_queueing: number
  /** When it began to hold requests up, in simulated seconds; null when it does so throughout or never clearly. */
  readonly starts_s: number | null
  readonly utilisation: number | null
  readonly utilisation_peak: number | null
}

/** Time of one cohort of requests, by hop; hops and the whole in ms, means over the cohort. */
export interface LatencyCohort {
  readonly endpoint: string
  readonly cohort: 'p50' | 'p95' | 'p99'
  readonly requests: number
  readonly latency_ms: number
  readonly time_ms: EndpointSummary['time_ms']
  readonly hops: readonly { readonly hop: string; readonly part: string; readonly ms: number }[]
}

/** One sampled request, hop by hop; hops sum to the whole. */
export interface SampleRequest {
  readonly endpoint: string
  readonly start_s: number
  readonly latency_ms: number
  readonly cause: string | null
  readonly hops: readonly {
    readonly hop: string
    readonly part: string
    readonly from_ms: number
    readonly ms: number
  }[]
}

/** What theory says of an endpoint, beside what was simulated. */
export interface TheoryComparison {
  readonly component: string
  readonly endpoint: string
  readonly model: string
  readonly rows: readonly { readonly figure: string; readonly theory: number; readonly simulated: Estimate }[]
}

/** Columns over buckets of simulated time; null where a bucket has no figure. Times are ends of buckets. */
export interface SeriesTable {
  readonly bucket_s: number
  readonly warmup_s: number
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>
}

/** Something that happened: a scaling, a fault, a breaker. */
export interface HappeningResult {
  readonly at_s: number
  readonly component: string
  readonly kind: string
  readonly text: string
}

/** One replication of a study: what it takes to recognise it, and its own value of every figure that has an interval. */
export interface ReplicationFigures {
  readonly replication: number
  readonly fingerprint: string
  readonly events: number
  /** Simulated seconds, to its end. */
  readonly end_s: number
  /** By id, such as `clients.p95_ms` or `catalog.utilisation`; null where this replication has none. */
  readonly figures: Readonly<Record<string, number | null>>
}

/** How fast it was computed; the only part that differs between two runs of one seed. */
export interface Speed {
  readonly events: number
  readonly requests: number
  readonly wall_s: number
  readonly events_per_s: number
  readonly requests_per_s: number
  readonly workers: number
}

/** The whole result of a study. */
export interface StudyResult {
  readonly schema: typeof RESULT_SCHEMA
  readonly engine: string
  readonly scenario: string
  readonly question: string
  readonly plan_hash: string
  readonly seed: number
  readonly replications: number
  readonly confidence: number
  /** Of all replications in order. */
  readonly fingerprint: string
  readonly verdict: Verdict
  /** Why, in a sentence. */
  readonly reason: string
  /** Relative half-width asked for, and whether every figure that matters is as precise; null when none was asked for. */
  readonly precision: { readonly asked: number; readonly reached: boolean } | null
  readonly partial: boolean
  /** Load at which the first objective is expected to break over the highest load seen; null when it cannot be told. */
  readonly headroom: number | null
  readonly objectives: readonly ObjectiveResult[]
  readonly clients: EndpointSummary
  readonly endpoints: Readonly<Record<string, EndpointSummary>>
  readonly components: Readonly<Record<string, ComponentSummary>>
  readonly series: SeriesTable
  readonly bottlenecks: readonly Bottleneck[]
  readonly cohorts: readonly LatencyCohort[]
  readonly samples: readonly SampleRequest[]
  readonly theory: readonly TheoryComparison[]
  /** Of the first replication. */
  readonly timeline: readonly HappeningResult[]
  readonly limits: { readonly in_flight: number; readonly in_flight_peak: number; readonly in_flight_reached: boolean }
  readonly speed: Speed
  /** In the order of their numbers. */
  readonly per_replication: readonly ReplicationFigures[]
}
