// Fetches and purges, run as programs on a real kernel.
import { describe, expect, test } from 'vitest'
import { cdnComponent } from '../../../../sim-core/components/cdn/cdn.component.ts'
import type { CdnModel } from '../../../../sim-core/components/cdn/cdn.model.ts'
import type { CdnSpec } from '../../../../sim-core/components/cdn/cdn.schema.ts'
import { greatCircleKm } from '../../../../sim-core/components/cdn/great-circle.ts'
import type { ParsedStep } from '../../../../sim-core/language/schema-context.ts'
import { ComponentHarness, constant } from '../../../support/component-harness.ts'
import type { HarnessOptions } from '../../../support/component-harness.ts'

const MS = 1_000_000
/** Time that the origin takes. */
const ORIGIN = 10 * MS
const NS_PER_KM = 15_000

const riyadh = { latitude: 24.7136, longitude: 46.6753 }
const jeddah = { latitude: 21.4858, longitude: 39.1925 }
const frankfurt = { latitude: 50.11, longitude: 8.68 }

const network: CdnSpec = {
  locations: { riyadh: { at: riyadh }, jeddah: { at: jeddah } },
  clients: { here: { at: riyadh, shareRatio: 1 } },
  origin: { at: frankfurt },
  capacity: { entries: 100 },
  eviction: 'lru',
  ttlNs: 1e12,
  collapse: true,
  network: { nsPerKm: NS_PER_KM, lastMileNs: constant(20 * MS) },
  propagation: { failureRatio: 0 },
}

/** Places of which a test needs nothing but that they take no time. */
const beside: Partial<CdnSpec> = { origin: { at: riyadh }, network: { nsPerKm: NS_PER_KM, lastMileNs: undefined } }

const fetchStep = (origin: readonly ParsedStep[] = [{ word: 'delay', spec: ORIGIN }]): ParsedStep => ({
  word: 'fetch',
  spec: { cdn: 'cdn', key: 'images', origin },
})
const purge: ParsedStep = { word: 'purge', spec: { cdn: 'cdn', key: 'images' } }

function harness(spec: Partial<CdnSpec> = {}, options: Partial<HarnessOptions> = {}): ComponentHarness {
  return new ComponentHarness({
    components: [{ definition: cdnComponent, id: 'cdn', spec: { ...network, ...spec } }],
    populations: [{ id: 'images', count: 1000, sizeBytes: constant(4096) }],
    programs: { main: [fetchStep()], purge: [purge] },
    ...options,
  })
}

/** Time that each request took in ns, by its label, or else in the order in which they ended. */
function times(run: ComponentHarness): readonly number[] {
  return run.run().map(({ startNs, endNs }) => endNs - startNs)
}

function timeOf(run: ComponentHarness, label: string): number {
  const { startNs, endNs } = run.outcomes.find((outcome) => outcome.label === label)!
  return endNs - startNs
}

const figures = (run: ComponentHarness, ...names: readonly string[]): readonly number[] =>
  names.map((name) => run.metric('cdn', name))

/** Round trip between two places in ns. */
const tripNs = (from: typeof riyadh, to: typeof riyadh): number => Math.round(greatCircleKm(from, to) * NS_PER_KM)

describe('a fetch', () => {
  test('of what the location has takes the last mile and the way to the location', () => {
    const run = harness({ clients: { north: { at: frankfurt, shareRatio: 1 } } })
    run.arrive(0, { keys: [7] })
    run.arrive(1000 * MS, { keys: [7] })
    const [, hit] = times(run)
    // Jeddah is nearer to Frankfurt than Riyadh is.
    expect(hit).toBe(20 * MS + tripNs(frankfurt, jeddah))
    expect(run.outcomes[1]).toMatchObject({ networkNs: hit, lockNs: 0, queueNs: 0 })
    expect(figures(run, 'hits', 'misses', 'jeddah.hits', 'jeddah.misses', 'riyadh.hits')).toEqual([1, 1, 1, 1, 0])
  })

  test('of what it has not takes the way to the origin and its time besides', () => {
    const run = harness()
    run.arrive(0, { keys: [7] })
    expect(times(run)).toEqual([20 * MS + tripNs(riyadh, frankfurt) + ORIGIN])
    expect(run.outcomes[0]!.networkNs).toBe(20 * MS + tripNs(riyadh, frankfurt))
    expect(figures(run, 'egress_bytes', 'riyadh.egress_bytes', 'origin_bytes')).toEqual([4096, 4096, 4096])
  })

  test('asks the shield before the origin, and the shield answers other locations', () => {
    const clients = { one: { at: riyadh, shareRatio: 0.5 }, two: { at: jeddah, shareRatio: 0.5 } }
    const run = harness({ ...beside, origin: { at: frankfurt }, clients, shield: { at: riyadh } })
    for (let n = 0; n < 40; n++) run.arrive(n * 1000 * MS, { keys: [7] })
    const found = [...new Set(times(run))].sort((a, b) => a - b)
    const beyond = tripNs(riyadh, frankfurt) + ORIGIN
    // Whoever comes first pays the way to the origin; the other location only that to the shield.
    const first =
      run.outcomes[0]!.endNs === beyond ? [0, tripNs(riyadh, jeddah), beyond] : [0, tripNs(riyadh, jeddah) + beyond]
    expect(found).toEqual(first)
    expect(figures(run, 'shield.hits', 'shield.misses', 'misses', 'origin_bytes')).toEqual([1, 1, 2, 4096])
    expect(figures(run, 'egress_bytes')).toEqual([40 * 4096])
  })

  test('that fails at the origin fills nothing, and has no way back', () => {
    const run = harness({}, { programs: { main: [fetchStep([{ word: 'fail', spec: 2 }])] } })
    run.arrive(0, { keys: [7] })
    const [outcome] = run.run()
    expect(outcome).toMatchObject({ cause: 'failed' })
    expect(outcome!.endNs).toBe(10 * MS + Math.floor(tripNs(riyadh, frankfurt) / 2))
    expect(figures(run, 'riyadh.entries', 'egress_bytes', 'origin_bytes')).toEqual([0, 0, 0])
  })

  test('finds nothing once the life of the object is over, wherever it spent it', () => {
    const clients = { one: { at: riyadh, shareRatio: 0.5 }, two: { at: jeddah, shareRatio: 0.5 } }
    const still = { nsPerKm: 0, lastMileNs: undefined }
    const run = harness({ clients, network: still, shield: { at: riyadh }, ttlNs: 100 * MS })
    // The origin answers at 10 ms: every copy lives until 110 ms, however late a location took it from the shield.
    for (let n = 0; n < 30; n++) run.arrive(n * MS, { keys: [7] })
    run.arrive(110 * MS - 1, { keys: [7], label: 'last' })
    run.arrive(110 * MS, { keys: [7], label: 'over' })
    run.run()
    expect([timeOf(run, 'last'), timeOf(run, 'over')]).toEqual([0, ORIGIN])
    expect(figures(run, 'shield.misses', 'shield.expiries')).toEqual([2, 1])
  })

  test('leaves when it is withdrawn on the way, and nobody waits for it in vain', () => {
    const run = harness()
    run.arrive(0, { keys: [7], label: 'first' })
    run.arrive(1, { keys: [7], label: 'second' })
    run.at(30 * MS, () => run.kernel.cancel(run.frameOf('first')))
    run.run()
    expect(timeOf(run, 'first')).toBe(30 * MS)
    const rest = tripNs(riyadh, frankfurt) + ORIGIN + 10 * MS
    expect(run.outcomes.find(({ label }) => label === 'second')!.endNs).toBe(30 * MS + rest)
    expect(figures(run, 'egress_bytes', 'riyadh.entries')).toEqual([4096, 1])
  })
})

describe('locations', () => {
  test('serve the clients that are nearest to them, and the default those whose place is not known', () => {
    const clients = {
      riyadh: { at: riyadh, shareRatio: 0.5 },
      makkah: { at: { latitude: 21.4225, longitude: 39.8262 }, shareRatio: 0.3 },
      unknown: { shareRatio: 0.2 },
    }
    const run = harness({ clients, default: 'jeddah', network: { nsPerKm: NS_PER_KM, lastMileNs: undefined } })
    for (let n = 0; n < 10_000; n++) run.arrive(n * 1000, { keys: [n % 100] })
    run.run()
    const [atRiyadh, atJeddah] = figures(run, 'riyadh.egress_bytes', 'jeddah.egress_bytes')
    expect(Math.abs(atRiyadh! / 4096 / 10_000 - 0.5)).toBeLessThan(0.02)
    expect(atRiyadh! + atJeddah!).toBe(10_000 * 4096)
  })

  test('of which two are as near share nothing out: the first has all', () => {
    const run = harness({ locations: { first: { at: jeddah }, second: { at: jeddah } } })
    for (let n = 0; n < 10; n++) run.arrive(n * MS, { keys: [n] })
    run.run()
    expect(figures(run, 'first.misses', 'second.misses')).toEqual([10, 0])
  })

  test('have room of their own', () => {
    const clients = { one: { at: riyadh, shareRatio: 0.5 }, two: { at: jeddah, shareRatio: 0.5 } }
    const locations = { riyadh: { at: riyadh, capacity: { bytes: 5 * 4096 } }, jeddah: { at: jeddah } }
    const run = harness({ clients, locations })
    for (let n = 0; n < 2000; n++) run.arrive(n * 1000 * MS, { keys: [n % 50] })
    run.run()
    expect(figures(run, 'riyadh.entries', 'riyadh.bytes', 'jeddah.entries')).toEqual([5, 5 * 4096, 50])
    expect(run.metric('cdn', 'riyadh.evictions')).toBe(run.metric('cdn', 'riyadh.fills') - 5)
  })
})

describe('a location that is away', () => {
  const still = { nsPerKm: NS_PER_KM, lastMileNs: undefined }
  const model = (run: ComponentHarness): CdnModel => run.model('cdn') as CdnModel

  test('leaves its clients to the next nearest, and comes back empty', () => {
    const run = harness({ network: still, shield: { at: frankfurt } })
    run.arrive(0, { keys: [7] })
    run.at(1000 * MS, () => model(run).kill(undefined, undefined, 'riyadh'))
    run.arrive(2000 * MS, { keys: [7], label: 'away' })
    run.at(3000 * MS, () => model(run).restore(undefined, 'riyadh'))
    run.arrive(4000 * MS, { keys: [7], label: 'back' })
    run.arrive(5000 * MS, { keys: [7], label: 'again' })
    run.run()
    expect(timeOf(run, 'away')).toBe(tripNs(riyadh, jeddah) + tripNs(jeddah, frankfurt))
    expect(timeOf(run, 'back')).toBe(tripNs(riyadh, frankfurt))
    expect(timeOf(run, 'again')).toBe(0)
    expect(figures(run, 'riyadh.misses', 'jeddah.misses', 'shield.hits')).toEqual([2, 1, 2])
    expect(run.result().timeline.map(({ text }) => text)).toEqual(['riyadh is away', 'riyadh is back, empty'])
  })

  test('answers what is under way, and keeps nothing of it', () => {
    const run = harness(beside)
    run.arrive(0, { keys: [7] })
    run.at(MS, () => model(run).kill(undefined, undefined, 'riyadh'))
    run.run()
    expect(run.outcomes[0]).toMatchObject({ cause: 'none', endNs: ORIGIN })
    expect(figures(run, 'riyadh.entries', 'egress_bytes')).toEqual([0, 4096])
  })

  test('with all others leaves clients without an answer', () => {
    const run = harness()
    run.at(0, () => model(run).kill(undefined, undefined))
    run.arrive(MS, { keys: [7] })
    expect(run.run()[0]).toMatchObject({ cause: 'no_healthy_instance', endNs: MS })
  })
})

describe('collapsing', () => {
  test('lets one fetch go to the origin, and answers all who waited with what it brings', () => {
    const run = harness(beside)
    for (let n = 0; n < 10; n++) run.arrive(n * MS, { keys: [7] })
    expect(times(run)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((ms) => ms * MS))
    expect(run.outcomes[3]).toMatchObject({ lockNs: 7 * MS })
    expect(figures(run, 'hits', 'misses', 'collapsed', 'origin_bytes')).toEqual([9, 1, 9, 4096])
  })

  test('is done at each location by itself, and at the shield for all of them', () => {
    const clients = { one: { at: riyadh, shareRatio: 0.5 }, two: { at: jeddah, shareRatio: 0.5 } }
    const still = { nsPerKm: 0, lastMileNs: undefined }
    const run = harness({ clients, network: still, shield: { at: riyadh } })
    for (let n = 0; n < 40; n++) run.arrive(0, { keys: [7] })
    run.run()
    expect(figures(run, 'misses', 'hits', 'shield.misses', 'shield.hits', 'collapsed')).toEqual([2, 38, 1, 1, 39])
  })

  test('can be left out: then every miss goes to the origin', () => {
    const run = harness({ ...beside, collapse: false })
    for (let n = 0; n < 10; n++) run.arrive(n * MS, { keys: [7] })
    expect(new Set(times(run))).toEqual(new Set([ORIGIN]))
    expect(figures(run, 'hits', 'misses', 'collapsed')).toEqual([0, 10, 0])
  })

  test('hands what is too large for the cache to all who wait', () => {
    const run = harness({ ...beside, capacity: { bytes: 1000 } })
    for (let n = 0; n < 3; n++) run.arrive(n * MS, { keys: [7] })
    expect(times(run)).toEqual([10 * MS, 9 * MS, 8 * MS])
    expect(figures(run, 'misses', 'riyadh.entries')).toEqual([1, 0])
  })

  test('gives the turn to the next when the first one fails', () => {
    const failing = fetchStep([
      { word: 'delay', spec: ORIGIN },
      { word: 'fail', spec: 2 },
    ])
    const run = harness(beside, { programs: { main: [fetchStep()], failing: [failing] } })
    run.arrive(0, { keys: [7], program: 'failing', label: 'first' })
    run.arrive(MS, { keys: [7], label: 'second' })
    run.arrive(2 * MS, { keys: [7], label: 'third' })
    run.run()
    expect(['first', 'second', 'third'].map((label) => timeOf(run, label) / MS)).toEqual([10, 19, 18])
    expect(figures(run, 'hits', 'misses')).toEqual([1, 2])
  })

  test('lets one who waits be withdrawn', () => {
    const run = harness(beside)
    run.arrive(0, { keys: [7] })
    run.arrive(MS, { keys: [7], label: 'waiting' })
    run.arrive(2 * MS, { keys: [7] })
    run.at(5 * MS, () => run.kernel.cancel(run.frameOf('waiting')))
    run.run()
    expect(run.outcomes.find(({ label }) => label === 'waiting')).toMatchObject({ cause: 'cancelled', lockNs: 4 * MS })
    expect(figures(run, 'hits', 'misses')).toEqual([1, 1])
  })
})

describe('a push', () => {
  test('puts the most popular keys into every location and the shield before the first fetch', () => {
    const run = harness({ push: { images: { kind: 'count', count: 20 } }, shield: { at: riyadh } })
    run.arrive(0, { keys: [19] })
    run.arrive(0, { keys: [20] })
    run.run()
    expect(figures(run, 'hits', 'misses')).toEqual([1, 1])
    expect(figures(run, 'riyadh.entries', 'jeddah.entries', 'shield.entries')).toEqual([21, 20, 21])
  })

  test('of more than there is room for keeps the most popular, the first of them longest', () => {
    const run = harness({ ...beside, push: { images: { kind: 'share', ratio: 1 } } })
    for (const key of [99, 100, 0]) run.arrive(0, { keys: [key] })
    run.run()
    expect(figures(run, 'riyadh.hits', 'riyadh.misses', 'jeddah.entries')).toEqual([2, 1, 100])
  })

  test('arrives when it has arrived, and some of it never', () => {
    const run = harness({
      ...beside,
      capacity: { entries: 1000 },
      push: { images: { kind: 'count', count: 1000 } },
      propagation: { delayNs: constant(100 * MS), failureRatio: 0.3 },
    })
    run.arrive(99 * MS, { keys: [0], label: 'early' })
    run.arrive(200 * MS, { keys: [1] })
    run.run()
    expect(timeOf(run, 'early')).toBe(ORIGIN)
    const arrived = run.metric('cdn', 'jeddah.entries')
    expect(Math.abs(arrived - 700)).toBeLessThan(60)
  })
})

describe('a purge', () => {
  test('makes every location forget the object at once where news take no time', () => {
    const run = harness(beside)
    run.arrive(0, { keys: [7] })
    run.arrive(20 * MS, { keys: [7], program: 'purge', label: 'purge' })
    run.arrive(20 * MS + 1, { keys: [7], label: 'after' })
    run.run()
    expect([timeOf(run, 'purge'), timeOf(run, 'after')]).toEqual([0, ORIGIN])
    expect(figures(run, 'purges', 'lost_purges', 'stale')).toEqual([1, 0, 0])
  })

  test('leaves stale answers until it arrives', () => {
    const run = harness({ ...beside, propagation: { delayNs: constant(5 * MS), failureRatio: 0 } })
    run.arrive(0, { keys: [7] })
    run.arrive(20 * MS, { keys: [7], program: 'purge' })
    for (let n = 1; n <= 10; n++) run.arrive(20 * MS + n * MS - 1, { keys: [7], label: String(n) })
    run.run()
    expect([timeOf(run, '5'), timeOf(run, '6')]).toEqual([0, ORIGIN])
    expect(figures(run, 'stale', 'riyadh.stale')).toEqual([5, 5])
  })

  test('that a location never hears of leaves it stale until the end of the object’s life', () => {
    const run = harness({ ...beside, ttlNs: 50 * MS, propagation: { failureRatio: 1 } })
    run.arrive(0, { keys: [7] })
    run.arrive(20 * MS, { keys: [7], program: 'purge' })
    for (let n = 0; n < 60; n++) run.arrive(25 * MS + n * MS, { keys: [7] })
    run.run()
    // Alive until 10 + 50 ms; from then on the new version.
    expect(figures(run, 'stale', 'lost_purges', 'misses')).toEqual([35, 2, 2])
  })

  test('overtaken by an answer that was read before it leaves that answer stale', () => {
    const far = { nsPerKm: NS_PER_KM, lastMileNs: undefined }
    const backNs = tripNs(riyadh, frankfurt) / 2
    const run = harness({ network: far })
    run.arrive(0, { keys: [7] })
    // The origin has read the object, which is on its way back, when it changes.
    run.arrive(Math.round(backNs + ORIGIN + backNs / 2), { keys: [7], program: 'purge' })
    run.arrive(1000 * MS, { keys: [7] })
    run.run()
    expect(figures(run, 'stale', 'hits')).toEqual([2, 1])
  })

  test('of the shield too, so that locations do not take the old version from there again', () => {
    const run = harness({ ...beside, shield: { at: riyadh } })
    run.arrive(0, { keys: [7] })
    run.arrive(20 * MS, { keys: [7], program: 'purge' })
    run.arrive(30 * MS, { keys: [7] })
    run.run()
    expect(figures(run, 'shield.misses', 'stale')).toEqual([2, 0])
  })
})

describe('distances', () => {
  test('are those of clients whose place is known, and what they save counts misses in full', () => {
    const clients = { known: { at: jeddah, shareRatio: 0.5 }, unknown: { shareRatio: 0.5 } }
    const run = harness({ clients, default: 'riyadh', locations: { riyadh: { at: riyadh } } })
    for (let n = 0; n < 1000; n++) run.arrive(n * 1000 * MS, { keys: [0] })
    run.run()
    const [toEdge, toOrigin] = [greatCircleKm(jeddah, riyadh), greatCircleKm(jeddah, frankfurt)]
    const [edgeSum, directSum, answers] = figures(run, 'edge_sum_km', 'direct_sum_km', 'located')
    expect(edgeSum! / answers!).toBeCloseTo(toEdge, 6)
    expect(directSum! / answers!).toBeCloseTo(toOrigin, 6)
    const [saved, travelled] = figures(run, 'saved_km', 'travelled_km')
    const located = Math.round((saved! + travelled!) / toOrigin)
    expect(saved! + travelled!).toBeCloseTo(located * toOrigin, 4)
    expect(Math.abs(located - 500)).toBeLessThan(60)
    // One answer of all came from the origin, for a client of either kind.
    const beyond = travelled! - located * toEdge
    expect([0, Math.round(greatCircleKm(riyadh, frankfurt))]).toContain(Math.round(beyond))
  })
})
