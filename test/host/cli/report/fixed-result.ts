// A result whose figures never change, for tests of how results are told.
import type { EndpointSummary, Estimate, ObjectiveResult, StudyResult } from '../../../../host/contract/study-api.ts'

/** A figure with half the width of its interval; without one it stands alone. */
export function figure(mean: number, halfWidth?: number): Estimate {
  return halfWidth === undefined
    ? { mean, low: null, high: null }
    : { mean, low: mean - halfWidth, high: mean + halfWidth }
}

const NONE: Estimate = { mean: null, low: null, high: null }

function endpoint(rps: number, meanMs: number, errors: Readonly<Record<string, number>> = {}): EndpointSummary {
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0)
  const arrivals = rps * 3_000
  return {
    arrivals,
    completed: arrivals - failed,
    failed,
    errors,
    wasted: 0,
    error_ratio: figure(failed / arrivals, failed === 0 ? 0 : 0.0004),
    throughput_rps: figure(rps, rps / 200),
    in_flight: figure((rps * meanMs) / 1_000, 0.1),
    latency_ms: {
      mean: figure(meanMs, meanMs * 0.02),
      p50: figure(meanMs * 0.7, meanMs * 0.01),
      p90: figure(meanMs * 2.3, meanMs * 0.04),
      p95: figure(meanMs * 3, meanMs * 0.06),
      p99: figure(meanMs * 9, meanMs * 0.3),
      p99_9: figure(meanMs * 20, meanMs),
    },
    time_ms: { queue: meanMs * 0.4, service: meanMs * 0.5, network: meanMs * 0.1, retry: 0, lock: 0 },
    slo: {},
  }
}

function objective(
  endpointId: string | null,
  metric: string,
  target: number,
  value: Estimate,
  pass: boolean | null,
): ObjectiveResult {
  const { mean, low, high } = value
  return {
    id: endpointId === null ? metric : `${endpointId}.${metric}`,
    metric,
    endpoint: endpointId,
    target,
    value: mean,
    low,
    high,
    pass,
  }
}

function station(utilisation: Estimate, queue: Estimate) {
  return {
    utilisation,
    busy: utilisation,
    queue_length: queue,
    wait_ms: { mean: figure(1, 0.1), p95: figure(4, 0.2), p99: figure(9, 0.5) },
    wait_probability: figure(0.3, 0.01),
    throughput_rps: figure(900, 3),
    rejected: 0,
    abandoned: 0,
  }
}

const BUCKETS = 60

/** A shop that misses one objective, cannot tell another and keeps the rest. */
export const FIXED_RESULT: StudyResult = {
  schema: 'headroom.result/1',
  engine: '1.0.0',
  scenario: 'A shop',
  question: 'Does checkout hold its SLO at three times the usual load, and what breaks first?',
  plan_hash: '0123456789abcdef0123456789abcdef',
  seed: 7,
  replications: 5,
  confidence: 0.95,
  fingerprint: '8463d80ae16a8d28',
  verdict: 'fail',
  reason: 'Misses shop.checkout.p95, headroom 0.79x; slow requests wait at orders_db shard[3].primary.cpu.',
  precision: null,
  partial: false,
  headroom: 0.79,
  objectives: [
    objective(null, 'errors', 0.01, figure(0.0123, 0.004), null),
    objective(null, 'throughput', 900, figure(940, 4), true),
    objective('shop.checkout', 'p95', 2_000, figure(2_412, 77), false),
    objective('shop.browse', 'p99_9', 500, figure(304, 12), true),
    objective('shop.browse', 'availability', 0.9995, figure(0.99987, 0.00004), true),
  ],
  clients: endpoint(1_000, 48, { timeout: 37_000 }),
  endpoints: {
    'shop.checkout': endpoint(60, 804, { timeout: 36_000, pool_exhausted: 1_000 }),
    'shop.browse': endpoint(940, 0.32),
  },
  components: {
    shop: {
      kind: 'service',
      utilisation: figure(0.62, 0.004),
      queue_length: figure(0.4, 0.02),
      stations: { cpu: station(figure(0.62, 0.004), figure(0.4, 0.02)) },
      metrics: { replicas_ready: figure(6.25, 0.05) },
    },
    orders_db: {
      kind: 'database',
      utilisation: figure(0.974, 0.003),
      queue_length: figure(1_234, 60),
      stations: { 'shard[3].primary.cpu': station(figure(0.974, 0.003), figure(1_234, 60)) },
      metrics: { skew: figure(1.61, 0.01) },
    },
    products: {
      kind: 'cache',
      utilisation: NONE,
      queue_length: NONE,
      stations: {},
      metrics: {
        hit_ratio: figure(0.962, 0.001),
        'process.hit_ratio': figure(0.481, 0.002),
        'redis.hit_ratio': figure(0.927, 0.001),
      },
    },
    checkout_call: {
      kind: 'policy',
      utilisation: NONE,
      queue_length: NONE,
      stations: {},
      metrics: { timeouts: figure(0, 0), refused: figure(0, 0) },
    },
  },
  series: {
    bucket_s: 60,
    warmup_s: 300,
    columns: {
      end_s: Array.from({ length: BUCKETS }, (_, bucket) => (bucket + 1) * 60),
      'client/arrivals_rps': Array.from({ length: BUCKETS }, (_, bucket) =>
        bucket < 20 || bucket >= 45 ? 500 : 1_500,
      ),
      'client/p95_ms': Array.from({ length: BUCKETS }, (_, bucket) =>
        bucket === 2 ? null : bucket < 30 || bucket >= 50 ? 80 : 80 * (bucket - 28),
      ),
    },
  },
  bottlenecks: [
    {
      component: 'orders_db',
      station: 'shard[3].primary.cpu',
      share_of_slow_queueing: 0.83,
      starts_s: 860,
      utilisation: 0.974,
      utilisation_peak: 1,
    },
  ],
  cohorts: [],
  samples: [],
  theory: [
    {
      component: 'shop',
      endpoint: 'shop.browse',
      model: 'M/M/8',
      rows: [
        { figure: 'utilisation', theory: 0.8, simulated: figure(0.801, 0.002) },
        { figure: 'p95_ms', theory: 35.4, simulated: figure(34.1, 1.1) },
      ],
    },
  ],
  timeline: [
    ...[12, 13, 14, 15, 16, 17].map((minute) => ({
      at_s: minute * 60,
      component: 'shop',
      kind: 'scaled',
      text: `${minute - 9} to ${minute - 8} replicas`,
    })),
    { at_s: 12.5 * 60, component: 'shop', kind: 'ready', text: 'instance 3 is ready' },
    { at_s: 1500, component: 'orders_db', kind: 'speed', text: 'orders_db shard 3 works 5x slower' },
  ],
  limits: { in_flight: 1_048_576, in_flight_peak: 51_234, in_flight_reached: false },
  speed: {
    events: 412_000_000,
    requests: 36_200_000,
    wall_s: 61,
    events_per_s: 6_754_098,
    requests_per_s: 593_443,
    workers: 2,
  },
  per_replication: [],
}
