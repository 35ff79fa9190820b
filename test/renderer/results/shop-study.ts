// A short study of a small shop with every kind of component, for the models of the Results screen.
import type { RunRecord } from '../../../host/contract/run-records.ts'
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { studyOfText } from '../../sim-core/analysis/study-fixture.ts'

export const SHOP = `
version: 1
name: Small shop
run: { duration: 60s, warmup: 10s, bucket: 2s }
keys:
  products: { count: 2000, popularity: zipf(0.9), size: 1KB }
traffic:
  shoppers: { rate: 120/s, mix: { shop.view: 80%, shop.buy: 20% } }
services:
  shop:
    replicas: 2
    workers: 8
    cpu: 1
    autoscaler: { kind: hpa, min: 2, max: 6, cpu: 50%, start: 5s }
    endpoints:
      view:
        slo: { p95: 1ms }
        steps:
          - cpu: exponential(8ms)
          - read: { cache: pages, key: products, miss: { query: store.by_id } }
      buy:
        slo: { p95: 10s }
        steps:
          - cpu: exponential(8ms)
          - call: { endpoint: bank.pay, policy: careful }
  bank:
    replicas: 1
    workers: 4
    cpu: 1
    endpoints: { pay: { steps: [{ cpu: exponential(10ms) }] } }
caches:
  pages:
    tiers:
      - { name: process, scope: replica, capacity: 50, eviction: lru, ttl: 60s }
      - { name: redis, capacity: 1000, eviction: lru, ttl: 60s, latency: 0.5ms }
databases:
  store:
    shards: { key: products, strategy: hash, count: 2 }
    primary: { cores: 1, pool: { max: 5, acquire_timeout: 1s } }
    classes: { by_id: { kind: read, demand: exponential(4ms) } }
policies:
  careful: { timeout: 2s, retry: { attempts: 2 } }
objectives: { p95: 5s, errors: 1% }
`

let kept: StudyResult | undefined

/** Simulated once for all tests of a file. */
export function shopResult(): StudyResult {
  kept ??= studyOfText(SHOP, { replications: 3 })
  return kept
}

/** Its series as the host gives them. */
export function shopColumns(): SeriesColumns {
  const { columns } = shopResult().series
  const endS = (columns['end_s'] ?? []).map((value) => value ?? 0)
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => name !== 'end_s')
      .map(([name, values]) => [name, { endS, values }]),
  )
}

/** A run of it, as a record. */
export function shopRecord(): RunRecord {
  const result = shopResult()
  return {
    summary: {
      id: 'r1',
      number: 41,
      scenarioId: 's1',
      scenarioName: 'Small shop',
      revision: 3,
      status: 'done',
      createdMs: 0,
      endedMs: 1,
      planHash: result.plan_hash,
      seed: 1,
      engine: result.engine,
      replications: 3,
      verdict: result.verdict,
      reason: result.reason,
      partial: false,
      fingerprint: result.fingerprint,
      headline: null,
      injected: 0,
      error: null,
      tags: [],
      notes: '',
    },
    scenarioText: SHOP,
    result: { ...result, series: { ...result.series, columns: {} } },
    seriesNames: Object.keys(shopColumns()),
    hasSeries: true,
    injectedFaults: [],
    progress: null,
    live: null,
  }
}
