// A content delivery network in whole runs: the latency that geography makes, hits as the policy alone has them, every byte.
import { describe, expect, it } from 'vitest'
import { evictionPolicies } from '../../sim-core/components/cache/eviction/registry.ts'
import { greatCircleKm } from '../../sim-core/components/cdn/great-circle.ts'
import { ZipfTable } from '../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { finishRun, planOf } from '../support/study.ts'
import { createRun } from '../../sim-core/run.ts'
import { studyOfText } from '../sim-core/analysis/study-fixture.ts'

const NS_PER_MS = 1e6
const SIZE_BYTES = 4096

interface Network {
  readonly locations: string
  readonly clients: string
  readonly capacity: string
  readonly more?: string
  /** Time that a fetch takes at the origin. */
  readonly origin?: string
}

function scenario({ locations, clients, capacity, more = '', origin = '5ms' }: Network): string {
  return `
version: 1
name: network
run: { duration: 100s, warmup: 0s, bucket: 10s, replications: 1 }
keys: { images: { count: 2000, popularity: zipf(0.9), size: 4KB } }
traffic: { visitors: { rate: { steps: [{ for: 95s, rate: 300/s }, { for: 1s, rate: 0/s }] }, mix: { image: 100% } } }
services:
  browsers: { endpoints: { image: { steps: [{ fetch: { cdn: files, key: images, origin: { delay: ${origin} } } }] } } }
cdns:
  files:
    locations: ${locations}
    clients: ${clients}
    origin: { at: [50.1109, 8.6821] }
    capacity: ${capacity}
    ttl: 30d
    ${more}
`
}

function replicate(text: string, seed = 1): ReplicationResult {
  return finishRun(createRun(planOf(text), seed, 0))
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** Increase of a counter over the whole run. */
function counted({ metrics }: ReplicationResult, name: string): number {
  return sum(metrics.find(({ component, metric }) => component === 'files' && metric === name)!.values)
}

const RIYADH = { latitude: 24.7136, longitude: 46.6753 }
const CAIRO = { latitude: 30.0444, longitude: 31.2357 }
const MAKKAH = { latitude: 21.3891, longitude: 39.8579 }
const FRANKFURT = { latitude: 50.1109, longitude: 8.6821 }

const written = ({ latitude, longitude }: typeof RIYADH): string => `at: [${latitude}, ${longitude}]`

describe('everything pushed everywhere', () => {
  const clients = `{ riyadh: { ${written(RIYADH)}, share: 50% }, makkah: { ${written(MAKKAH)}, share: 30% }, cairo: { ${written(CAIRO)}, share: 20% } }`
  const result = replicate(
    scenario({
      locations: `{ riyadh: { ${written(RIYADH)} }, cairo: { ${written(CAIRO)} } }`,
      clients,
      capacity: '10MB',
      more: 'push: { images: 100% }\n    network: { round_trip_per_1000km: 20ms, last_mile: 12ms }',
    }),
  )
  const client = result.endpoints.at(-1)!.columns
  const answers = sum(client.completed)

  it('is all hits', () => {
    expect(counted(result, 'misses')).toBe(0)
    expect(counted(result, 'hits')).toBe(answers)
    expect(answers).toBeGreaterThan(27_000)
  })

  it('takes the last mile and the round trip to the nearest location, place by place', () => {
    const toMakkah = greatCircleKm(MAKKAH, RIYADH)
    expect(toMakkah).toBeLessThan(greatCircleKm(MAKKAH, CAIRO))
    const atCairo = counted(result, 'cairo.hits')
    // Of those at Riyadh, the distances tell how many came from Makkah.
    const fromMakkah = Math.round(counted(result, 'travelled_km') / toMakkah)
    const latencyNs = answers * 12 * NS_PER_MS + fromMakkah * Math.round(toMakkah * 20_000)
    expect(sum(client.latencySumNs)).toBe(latencyNs)
    const spread = 4 * Math.sqrt(0.25 / answers)
    expect(Math.abs(fromMakkah / answers - 0.3)).toBeLessThan(spread)
    expect(Math.abs(atCairo / answers - 0.2)).toBeLessThan(spread)
  })

  it('saves all of the distance but that to the locations', () => {
    const direct = counted(result, 'saved_km') + counted(result, 'travelled_km')
    const fromMakkah = Math.round(counted(result, 'travelled_km') / greatCircleKm(MAKKAH, RIYADH))
    const atCairo = counted(result, 'cairo.hits')
    const expected =
      (answers - fromMakkah - atCairo) * greatCircleKm(RIYADH, FRANKFURT) +
      fromMakkah * greatCircleKm(MAKKAH, FRANKFURT) +
      atCairo * greatCircleKm(CAIRO, FRANKFURT)
    expect(Math.abs(direct / expected - 1)).toBeLessThan(1e-9)
  })
})

describe('one location without distances', () => {
  const network = {
    locations: '{ here: { at: [50.1109, 8.6821] } }',
    clients: '{ all: { at: [50.1109, 8.6821], share: 100% } }',
  }

  it.each(['lru', 'sieve', 's3_fifo', 'lfu', 'w_tinylfu'])(
    '%s hits as often as the policy alone under the same keys',
    (eviction) => {
      const text = scenario({ ...network, capacity: '200', more: `eviction: ${eviction}`, origin: '0ms' })
      const result = replicate(text)
      const requests = counted(result, 'hits') + counted(result, 'misses')
      const streams = new RandomStreams(1, 0)
      const keys = new ZipfTable(2000, 0.9).sampler(streams.stream('visitors/key of images'))
      const policy = evictionPolicies.find(({ id }) => id === eviction)!
      const store = policy.create({
        capacity: { entries: 200 },
        universe: 2000,
        stream: streams.stream('files/here.eviction'),
      })
      let hits = 0
      for (let request = 0; request < requests; request++) {
        const key = keys.next()
        const entry = store.find(key)
        if (entry >= 0) {
          hits++
          store.touch(entry, 0)
        } else store.insert(key, SIZE_BYTES, Infinity, 0)
      }
      expect(requests).toBeGreaterThan(27_000)
      expect(counted(result, 'hits')).toBe(hits)
      expect(counted(result, 'here.evictions')).toBe(store.evictions)
    },
  )
})

describe('bytes', () => {
  const locations = `{ riyadh: { ${written(RIYADH)} }, cairo: { ${written(CAIRO)}, capacity: 300 } }`
  const clients = `{ riyadh: { ${written(RIYADH)}, share: 60% }, cairo: { ${written(CAIRO)}, share: 30% }, unknown: { share: 10% } }`
  const more = `default: riyadh\n    shield: { ${written(FRANKFURT)} }`
  const result = replicate(scenario({ locations, clients, capacity: '100', more, origin: '50ms' }))

  it('leave the locations once for every answer, and the origin once for every fetch that reached it', () => {
    const answers = sum(result.endpoints.at(-1)!.columns.completed)
    expect(counted(result, 'egress_bytes')).toBe(answers * SIZE_BYTES)
    const byLocation = ['riyadh', 'cairo'].map((name) => counted(result, `${name}.egress_bytes`))
    expect(sum(byLocation)).toBe(answers * SIZE_BYTES)
    expect(counted(result, 'origin_bytes')).toBe(counted(result, 'shield.misses') * SIZE_BYTES)
  })

  it('are asked of the next cache exactly as often as the one before misses', () => {
    expect(counted(result, 'collapsed')).toBeGreaterThan(100)
    expect(counted(result, 'riyadh.misses') + counted(result, 'cairo.misses')).toBe(counted(result, 'misses'))
    expect(counted(result, 'shield.hits') + counted(result, 'shield.misses')).toBe(counted(result, 'misses'))
    expect(counted(result, 'hits') + counted(result, 'misses')).toBe(sum(result.endpoints.at(-1)!.columns.completed))
  })
})

describe('a location that is away for a while', () => {
  const locations = `{ riyadh: { ${written(RIYADH)} }, cairo: { ${written(CAIRO)} } }`
  const clients = `{ riyadh: { ${written(RIYADH)}, share: 60% }, cairo: { ${written(CAIRO)}, share: 40% } }`
  const plain = scenario({ locations, clients, capacity: '10MB' })
  const faults = 'faults:\n  - { at: 30s, kill: files.cairo }\n  - { at: 60s, restore: files.cairo }\n'
  const result = replicate(`${plain}${faults}`)
  const buckets = (name: string): readonly number[] => {
    return [...result.metrics.find(({ component, metric }) => component === 'files' && metric === name)!.values]
  }

  it('answers nothing meanwhile, and its clients are answered by the other', () => {
    const [cairo, all] = [buckets('cairo.egress_bytes'), buckets('egress_bytes')]
    // A few that were under way when it was taken away.
    expect(cairo[3]!).toBeLessThan(0.01 * all[3]!)
    expect([cairo[4], cairo[5]]).toEqual([0, 0])
    expect(cairo[2]! / all[2]!).toBeGreaterThan(0.35)
    expect(cairo[6]! / all[6]!).toBeGreaterThan(0.35)
    expect(sum(result.endpoints.at(-1)!.columns.failed)).toBe(0)
  })

  it('loses what it kept: it misses more after its return than before its death', () => {
    const misses = buckets('cairo.misses')
    expect(misses[6]!).toBeGreaterThan(1.5 * misses[2]!)
    expect(result.timeline.map(({ text }) => text)).toEqual(['cairo is away', 'cairo is back, empty'])
  })
})

describe('distances in results', () => {
  it('are those of the measured time alone, whatever the way was before', () => {
    const text = scenario({
      locations: `{ riyadh: { ${written(RIYADH)} }, cairo: { ${written(CAIRO)} } }`,
      clients: `{ makkah: { ${written(MAKKAH)}, share: 100% } }`,
      capacity: '10MB',
      more: 'push: { images: 100% }',
    })
    const moved = `${text.replace('warmup: 0s', 'warmup: 40s')}faults: [{ at: 30s, kill: files.riyadh }]\n`
    const { metrics } = studyOfText(moved, { replications: 2 }).components['files']!
    expect(metrics['edge_km']!.mean).toBeCloseTo(greatCircleKm(MAKKAH, CAIRO), 6)
    expect(metrics['origin_km']!.mean).toBeCloseTo(greatCircleKm(MAKKAH, FRANKFURT), 6)
    // What only ratios are made of is no figure by itself.
    expect(metrics['saved_km']).toBeUndefined()
  })
})
