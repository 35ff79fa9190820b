// The keys that a cache is asked for are those of the scenario's traffic: shares, ways, calls and failures.
import { expect, test } from 'vitest'
import { CacheKeys } from '../../../sim-core/scenario/cache-trace.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

const DRAWN = 20_000

function scenario(endpoints: string, traffic = 'clients: { rate: 100/s, mix: { app.one: 100% } }') {
  const text = `version: 1
name: Reads
run: { duration: 10s, seed: 7 }
keys:
  few: { count: 10, popularity: zipf(1.2), size: 3KB }
  many: { count: 5000, popularity: uniform, size: uniform(1KB, 9KB) }
  unread: { count: 1000000, popularity: zipf(1) }
traffic: { ${traffic} }
caches:
  pages: { tiers: [{ name: redis, capacity: 100 }] }
  other: { tiers: [{ name: redis, capacity: 100 }] }
services: { app: { endpoints: { ${endpoints} } } }
`
  const { scenario: parsed, problems } = parseScenario(text, 'test.yaml')
  expect(problems).toEqual([])
  return parsed!
}

const few = '{ read: { cache: pages, key: few, miss: { delay: 1ms } } }'
const many = '{ read: { cache: pages, key: many, miss: { delay: 1ms } } }'

/** Draws requests that ask; keys below 10 are of `few` where that is asked for first. */
function draw(keys: CacheKeys, requests = DRAWN): number[][] {
  return Array.from({ length: requests }, () => [...keys.next()])
}

/** How far a share drawn so often may be off: five standard deviations. */
function slack(share: number): number {
  return 5 * Math.sqrt((share * (1 - share)) / DRAWN)
}

test('a request carries one key of each population, however often it asks', () => {
  const keys = new CacheKeys(
    scenario(`one: { steps: [${few}, ${many}, { repeat: { times: 2, steps: [${few}] } }] }`),
    'pages',
    7,
  )
  expect(keys.universe).toBe(5_010)
  for (const asked of draw(keys, 1_000)) {
    expect(asked).toHaveLength(4)
    expect(asked[2]).toBe(asked[0])
    expect(asked[3]).toBe(asked[0])
    expect(asked[0]).toBeLessThan(10)
    expect(asked[1]).toBeGreaterThanOrEqual(10)
    expect(keys.sizeBytes(asked[0]!)).toBe(3 * 1024)
  }
  expect(keys.gapNs()).toBe(10e6 / 4)
})

test('keys come by their popularity, and the same seed gives the same keys', () => {
  const spec = scenario(`one: { steps: [${few}] }`)
  const drawn = draw(new CacheKeys(spec, 'pages', 7)).flat()
  const total = Array.from({ length: 10 }, (_, rank) => (rank + 1) ** -1.2).reduce((a, b) => a + b)
  for (const rank of [0, 1, 5]) {
    const share = (rank + 1) ** -1.2 / total
    expect(Math.abs(drawn.filter((key) => key === rank).length / DRAWN - share)).toBeLessThan(slack(share))
  }
  expect(draw(new CacheKeys(spec, 'pages', 7)).flat()).toEqual(drawn)
  expect(draw(new CacheKeys(spec, 'pages', 8)).flat()).not.toEqual(drawn)
})

test('endpoints come by their share of all traffic, journeys and rates counted', () => {
  const spec = scenario(
    `one: { steps: [${few}] }, two: { steps: [${many}] }, three: { steps: [{ delay: 1ms }] }`,
    `a: { rate: 30/s, mix: { app.one: 50%, app.three: 50% } }, b: { rate: { from: 0/s, stages: [{ over: 10s, to: 60/s }] }, journey: [one, two] }`,
  )
  // 15 + 30 reads a second of few, 30 of many.
  const drawn = draw(new CacheKeys(spec, 'pages', 7)).flat()
  expect(Math.abs(drawn.filter((key) => key < 10).length / DRAWN - 45 / 75)).toBeLessThan(slack(0.6))
})

test('ways, calls, failures and fallbacks are walked as requests go', () => {
  const spec = scenario(`
    one: { steps: [{ branch: [{ share: 25%, steps: [${few}] }, { steps: [{ call: { endpoint: app.two, if: 50% } }] }] }] },
    two: { steps: [{ try: { steps: [{ fail: 40% }, ${many}], fallback: [${few}, ${few}] } }, { fail: 100% }, ${many}] }`)
  const drawn = draw(new CacheKeys(spec, 'pages', 7))
  // Of those that ask: 25 % by the first way; 37.5 % by the call, of which 40 % fall back.
  const shares = [0.25 / 0.625, (0.375 * 0.6) / 0.625, (0.375 * 0.4) / 0.625]
  const counts = [
    drawn.filter((asked) => asked.length === 1 && asked[0]! < 10),
    drawn.filter((asked) => asked.length === 1 && asked[0]! >= 10),
    drawn.filter((asked) => asked.length === 2 && asked[0] === asked[1]),
  ].map(({ length }) => length)
  expect(counts.reduce((a, b) => a + b)).toBe(DRAWN)
  for (const [index, share] of shares.entries()) {
    expect(Math.abs(counts[index]! / DRAWN - share)).toBeLessThan(slack(share))
  }
})

test('branches at the same time all ask, and what is behind another cache is asked as if that were empty', () => {
  const behind = `{ read: { cache: other, key: many, miss: [${few}] } }`
  const spec = scenario(`one: { steps: [{ parallel: [[${behind}], [{ fail: 100% }], [${many}]] }, ${few}] }`)
  const [asked] = draw(new CacheKeys(spec, 'pages', 7), 1)
  expect(asked).toHaveLength(2)
  expect(draw(new CacheKeys(spec, 'other', 7), 3).every((keys) => keys.length === 1)).toBe(true)
})

test('keys that the source lacks are kept as marks or never, and a single tier keeps what it accepts', () => {
  const lacking = (cache: string, tier = '') => {
    const text = `version: 1
name: Lacking
run: { duration: 10s, seed: 7 }
keys: { items: { count: 1000, missing: 30%, size: 3KB } }
traffic: { clients: { rate: 100/s, mix: { app.one: 100% } } }
caches: { pages: { ${cache} tiers: [{ name: redis, capacity: 100${tier} }] } }
services: { app: { endpoints: { one: { steps: [{ read: { cache: pages, key: items, miss: { delay: 1ms } } }] } } } }
`
    const { scenario: parsed, problems } = parseScenario(text, 'test.yaml')
    expect(problems).toEqual([])
    return new CacheKeys(parsed!, 'pages', 7)
  }
  const all = Array.from({ length: 1000 }, (_, key) => key)
  const plain = lacking('')
  const kept = all.filter((key) => plain.isKept(key))
  expect(Math.abs(kept.length - 700)).toBeLessThan(5 * Math.sqrt(1000 * 0.3 * 0.7))
  expect(plain.markLifeNs).toBeUndefined()
  expect(all.some((key) => plain.isMark(key))).toBe(false)

  const negative = lacking('negative: 30s,')
  expect(negative.markLifeNs).toBe(30e9)
  expect(all.filter((key) => !negative.isMark(key))).toEqual(kept)
  for (const key of all) {
    expect(negative.isKept(key)).toBe(true)
    expect(negative.sizeBytes(key)).toBe(negative.isMark(key) ? 16 : 3 * 1024)
  }
  const choosy = lacking('', ', accepts: { hottest: 200 }')
  expect(all.filter((key) => choosy.isKept(key))).toEqual(kept.filter((key) => key < 200))
})

test('a cache that nothing reads has no keys', () => {
  const spec = scenario(`one: { steps: [{ delay: 1ms }] }, two: { steps: [${few}] }`)
  expect(new CacheKeys(spec, 'pages', 7).next()).toHaveLength(0)
  expect(new CacheKeys(spec, 'other', 7).universe).toBe(0)
})
