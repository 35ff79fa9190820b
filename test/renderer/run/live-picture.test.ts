// What the Run screen makes of the picture of a run: a real run, stopped half-way.
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import { LivePictures } from '../../../host/workers/live-picture.ts'
import { topologyOf } from '../../../renderer/canvas/topology.ts'
import { language } from '../../../renderer/stores/document-language.ts'
import { faultTargets } from '../../../renderer/views/run/fault-targets.ts'
import { liveChart, liveChartIds } from '../../../renderer/views/run/live-charts.ts'
import { canvasFigures } from '../../../renderer/views/run/live-figures.ts'
import { liveEndpoints, liveTiles } from '../../../renderer/views/run/live-tiles.ts'
import { ownSettings, placeholders, requestOf } from '../../../renderer/views/run/run-settings.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { createRun } from '../../../sim-core/run.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { planOf } from '../../support/study.ts'
import { SHOP } from '../results/shop-study.ts'

/** Events after which the run is looked at: about 40 s of simulated time. */
const EVENTS = 30_000

const plan = planOf(SHOP)
const run = createRun(plan, 1, 0)
run.step(EVENTS)
const picture = new LivePictures(run, plan.measurement.bucketNs).next(1)
const progress = {
  replicationsDone: 0,
  replicationsPlanned: 1,
  simulatedNs: run.nowNs,
  plannedNs: run.endNs,
  requests: run.requests,
  elapsedMs: 1000,
  leftMs: null,
}
const live: LiveRun = { ...picture, runId: 'r', replication: 0, endS: 60, speedFactor: null, progress }
const document = parse(SHOP) as JsonValue
const { scenario } = parseScenario(SHOP, 'shop.yaml')
const topology = topologyOf(language, document)
const { nodes, edges } = canvasFigures(topology, live)
const last = (name: string): number => live.rows[name]?.at(-1) ?? Number.NaN

test('nodes show how busy they are, their queue and their replicas', () => {
  const shop = nodes['services/shop']!
  const busiest = Math.max(last('shop/cpu/utilisation'), last('shop/workers/utilisation'))
  expect(shop.utilisation).toBe(busiest)
  expect(shop.figureLabel).toBe('busy')
  expect(shop.replicas).toBeGreaterThanOrEqual(2)
  expect(shop.queueShare).toBeGreaterThanOrEqual(0)
  expect(shop.queueShare).toBeLessThanOrEqual(1)
  expect(shop.trouble).toBeNull()
})

test('a cache shows the ratio that its kind is about, traffic what it sends', () => {
  const hits = last('pages/hits')
  const share = hits / (hits + last('pages/misses'))
  expect(nodes['caches/pages']).toMatchObject({ figureLabel: 'hit ratio', figure: { unit: '%' } })
  expect(Number(nodes['caches/pages']!.figure!.text)).toBeCloseTo(share * 100, 0)
  expect(nodes['traffic/shoppers']).toMatchObject({ figureLabel: 'sent', figure: { unit: 'req/s' } })
})

test('what flows into a place is what arrives there, shared between the edges that lead to it', () => {
  const into = (target: string): number =>
    topology.edges
      .filter((edge) => edge.target === target)
      .reduce((sum, { id }) => sum + (edges[id]?.ratePerSecond ?? 0), 0)
  expect(into('services/shop')).toBeCloseTo(last('shop.view/arrivals_rps') + last('shop.buy/arrivals_rps'), 6)
  expect(into('services/bank')).toBeCloseTo(last('bank.pay/arrivals_rps'), 6)
  expect(into('databases/store')).toBeCloseTo(last('store/queries'), 6)
  expect(into('caches/pages')).toBeCloseTo(last('pages/hits') + last('pages/misses'), 6)
  expect(Math.max(...Object.values(edges).map(({ share }) => share))).toBe(1)
})

test('a slowed part of a component is trouble of the whole until it is back', () => {
  const happened = (text: string, at_s: number) => ({ at_s, component: 'store.shard[1]', kind: 'speed', text })
  const slowed = { ...live, happenings: [happened('store.shard[1] works 4 times slower', 10)] }
  expect(canvasFigures(topology, slowed).nodes['databases/store']!.trouble).toBe('slowed')
  const back = { ...live, happenings: [...slowed.happenings, happened('store.shard[1] is back to its speed', 20)] }
  expect(canvasFigures(topology, back).nodes['databases/store']!.trouble).toBeNull()
})

test('breakers report through their policy onto its edge', () => {
  const names = [...live.snapshot!.metrics.names, 'careful/breakers_open', 'careful/breakers_trying']
  const withBreaker = (open: number, trying: number): LiveRun => ({
    ...live,
    snapshot: { ...live.snapshot!, metrics: { names, values: [...live.snapshot!.metrics.values, open, trying] } },
  })
  const state = (open: number, trying: number): string | undefined =>
    canvasFigures(topology, withBreaker(open, trying)).edges['services/shop>services/bank']?.breakers[
      'policies/careful'
    ]
  expect(state(1, 0)).toBe('open')
  expect(state(0, 1)).toBe('half-open')
  expect(state(0, 0)).toBe('closed')
  expect(edges['services/shop>services/bank']?.breakers).toEqual({})
})

test('tiles and endpoints are held against what is promised', () => {
  const tiles = liveTiles(live, scenario)
  expect(tiles.find(({ id }) => id === 'p95')).toMatchObject({ target: 5000, holds: true })
  expect(tiles.find(({ id }) => id === 'errors')?.value).toBe(0)
  const view = liveEndpoints(live, scenario).find(({ id }) => id === 'shop.view')
  expect(view).toMatchObject({ targetP95Ms: 1, holds: false })
  expect(liveEndpoints(live, scenario).find(({ id }) => id === 'bank.pay')).toMatchObject({
    targetP95Ms: null,
    holds: null,
  })
})

test('charts have the objective, the warm-up and one line per component, the highest ones', () => {
  const charts = liveChartIds.map((id) => liveChart(id, live, scenario))
  expect(charts[1]).toMatchObject({ target: { value: 5000 }, warmupS: 10, endS: 60 })
  const colours = charts[2]!.series.map(({ colourOf }) => colourOf)
  expect(new Set(colours).size).toBe(colours.length)
  for (const { series } of charts) for (const { x, y } of series) expect(y).toHaveLength(x.length)
})

test('services and nodes of caches can be killed, databases and their shards only slowed', () => {
  const targets = faultTargets(document)
  expect(targets.map(({ value }) => value).slice(0, 5)).toEqual([
    'shop',
    'bank',
    'store',
    'store.shard[0]',
    'store.shard[1]',
  ])
  expect(targets[0]).toMatchObject({ kinds: ['kill', 'slow', 'restore'], hasReplicas: true })
  expect(targets[3]!.kinds).toEqual(['slow'])
  const near = { name: 'near', scope: 'replica' }
  const tiers = [near, { name: 'redis', nodes: 2 }, { name: 'far', servers: 1, demand: '1ms' }]
  const ofCaches = faultTargets({ caches: { pages: { tiers } } })
  expect(ofCaches.map(({ value, kinds }) => [value, kinds.join(' ')])).toEqual([
    ['pages.redis', 'kill restore'],
    ['pages.redis[0]', 'kill restore'],
    ['pages.redis[1]', 'kill restore'],
    ['pages.far', 'kill slow restore'],
  ])
})

test('an empty form asks for the figures of the scenario', () => {
  expect(requestOf('s', ownSettings)).toEqual({ scenarioId: 's' })
  const settings = { replications: 8, seed: 3, precisionPercent: 2 }
  expect(requestOf('s', settings)).toEqual({ scenarioId: 's', replications: 8, seed: 3, precision: 0.02 })
  expect(placeholders(scenario)).toEqual({ replications: '5', seed: '1', precisionPercent: 'as it comes' })
})
