// What a curve says of the size that a scenario has is what a run of the scenario measures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { CacheCurve, CurveRequest } from '../../../host/contract/cache-curve-api.ts'
import { createCacheCurveService } from '../../../host/runs/cache-curve-service.ts'
import { readCurveInput } from '../../../host/runs/curve-input.ts'
import { runStudy } from '../../support/study.ts'

/** Requests of a run and of a curve. */
const REQUESTS = 300_000

const folder = mkdtempSync(join(tmpdir(), 'headroom-curve-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A cache of one tier, asked 1000 times a second; loads take next to no time, so reads of a key do not overtake its load. */
function scenario({ keys = '', cache = '', tier = 'capacity: 2000' }): string {
  return `version: 1
name: One tier
run: { duration: ${REQUESTS / 1000}s, seed: 3 }
keys: { items: { count: 20000, popularity: zipf(0.9), size: uniform(1KB, 9KB)${keys} } }
traffic: { clients: { rate: 1000/s, mix: { app.get: 100% } } }
caches: { pages: { ${cache} tiers: [{ name: redis, ${tier} }] } }
services: { app: { endpoints: { get: { steps: [{ read: { cache: pages, key: items, miss: { delay: 1us } } }] } } } }
`
}

async function curveOf(text: string, request: Partial<CurveRequest> = {}): Promise<CacheCurve> {
  const file = join(folder, 'scenario.yaml')
  writeFileSync(file, text)
  const asked = { file, overrides: [], requests: REQUESTS, policies: ['lru'], ...request }
  const outcome = await createCacheCurveService({ cores: 2 }).api.start(asked, () => {}).outcome
  if (outcome.kind === 'invalid') throw new Error(JSON.stringify(outcome.problems))
  return outcome.curve
}

function markedRatio({ policies, sizes, marked }: CacheCurve): number {
  expect(marked).toHaveLength(1)
  return policies[0]!.miss_ratio[sizes.indexOf(marked[0]!.size)]!
}

function measuredRatio(text: string): number {
  const [{ metrics }] = runStudy(text, 1) as [ReturnType<typeof runStudy>[number]]
  const sum = (name: string): number =>
    metrics.find(({ metric }) => metric === name)!.values.reduce((total, value) => total + value, 0)
  const [hits, misses] = [sum('hits'), sum('misses')]
  return misses / (hits + misses)
}

/** How far two such ratios may differ: four standard errors of the difference of independent shares. */
function slack(ratio: number): number {
  return 4 * Math.sqrt((2 * ratio * (1 - ratio)) / REQUESTS)
}

test.each([
  ['every key has a value', {}],
  ['the source lacks keys', { keys: ', missing: 50%' }],
  ['marks remember keys that the source lacks', { keys: ', missing: 50%', cache: 'negative: 5s,' }],
  ['marks of a few bytes remember them', { keys: ', missing: 50%', cache: 'negative: 1m,', tier: 'capacity: 6MB' }],
  ['the tier accepts the most popular keys', { tier: 'capacity: 2000, accepts: { hottest: 2% }' }],
  ['the tier accepts small values', { keys: ', missing: 10%', tier: 'capacity: 2000, accepts: { size: 4KB }' }],
])('the mark agrees with a run where %s', async (_what, changes) => {
  const text = scenario(changes)
  const measured = measuredRatio(text)
  const marked = markedRatio(await curveOf(text))
  expect(Math.abs(marked - measured)).toBeLessThan(slack(measured))
})

test('a sample of the keys says the same of keys that are never kept', async () => {
  const text = scenario({ keys: ', missing: 50%' })
  const exact = await curveOf(text)
  const sampled = await curveOf(text, { sampleRatio: 0.2 })
  expect(sampled.never_kept_ratio).toBe(exact.never_kept_ratio)
  expect(exact.never_kept_ratio).toBeGreaterThan(0.3)
  const at = sampled.sizes.indexOf(2000)
  const [{ low, high }] = sampled.policies as [CacheCurve['policies'][number]]
  expect(low![at]!).toBeLessThan(markedRatio(exact))
  expect(high![at]!).toBeGreaterThan(markedRatio(exact))
})

test('where nothing is ever kept, everything misses', async () => {
  const policies = ['opt', 'lru', 'sieve']
  const curve = await curveOf(scenario({ keys: ', missing: 100%' }), { policies, requests: 1_000 })
  expect(curve).toMatchObject({ requests: 1_000, distinct_keys: 0, never_kept_ratio: 1 })
  for (const { miss_ratio } of curve.policies) expect(new Set(miss_ratio)).toEqual(new Set([1]))
})

test.each([
  ['the requests', {}, 10e6, '--sample', 'give --sample 1%, or fewer --requests'],
  ['the requests that are asked for', { requests: 100_000_000 }, 1e9, '--requests', 'give --sample 1%, or fewer'],
  ['the sampled requests', { sampleRatio: 0.01 }, 1e6, '--sample', 'give fewer --requests, or a smaller --sample'],
  ['the keys', { sampleRatio: 0.01 }, 1e5, '', 'give a scenario with fewer keys'],
  ['the keys, however many requests', { sampleRatio: 0.01, requests: 9 }, 1e5, '', 'give a scenario with fewer keys'],
])('%s that do not fit into memory are told at what would help', async (_what, request, bytesMax, place, hint) => {
  const file = join(folder, 'large.yaml')
  writeFileSync(file, scenario({}))
  const reading = { threads: 2, bytesMax, isCancelled: () => false, onProgress: () => {} }
  const { problems } = await readCurveInput({ file, overrides: [], ...request }, reading)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ code: 'too-large', file: place === '' ? file : place })
  expect(problems[0]!.hint).toContain(hint)
  expect(problems[0]!.message).toMatch(/^measuring takes about \d+ MB; there is room for \d+ MB/u)
})

test('of several tiers, those that accept a part of the keys are not marked', async () => {
  const tiers = '{ name: process, scope: replica, capacity: 100, accepts: { hottest: 1% } }, { name: redis,'
  const text = scenario({ tier: 'capacity: 2000' }).replace('{ name: redis,', tiers)
  const curve = await curveOf(text, { requests: 1_000 })
  expect(curve.marked.map(({ tier }) => tier)).toEqual(['redis'])
  expect(curve.never_kept_ratio).toBe(0)
  expect(curve.notes).toContain(
    'The room of process is not marked: it takes a part of the keys alone (accepts), the curve all.',
  )
})
