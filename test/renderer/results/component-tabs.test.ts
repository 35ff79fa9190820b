// Tabs and charts of components come from definitions alone, also of kinds nobody has thought of yet.
import { expect, test } from 'vitest'
import { catalog } from '../../../sim-core/catalog.ts'
import type { ComponentDefinition } from '../../../sim-core/model/component-definition.ts'
import type { ChartPlan } from '../../../renderer/views/results/component-charts.ts'
import {
  chartLines,
  chartPlans,
  isFlatZero,
  sentenceNames,
  seriesOfPlans,
  titleOfPlan,
} from '../../../renderer/views/results/component-charts.ts'
import { componentTabs, metricUnit, splitMetric } from '../../../renderer/views/results/component-tab-model.ts'
import { resultTabs } from '../../../renderer/views/results/result-tabs.ts'
import { shopColumns, shopResult } from './shop-study.ts'

const result = shopResult()
const columns = shopColumns()
const names = Object.keys(columns)
const cache = catalog.find(({ kind }) => kind === 'cache')!

test('there is a tab for every kind that the scenario has, and none for others', () => {
  expect(resultTabs(result).map(({ id }) => id)).toEqual([
    'overview',
    'endpoints',
    'scaling',
    'cache',
    'database',
    'resilience',
    'explain',
    'events',
    'runs',
  ])
  const { shop } = result.components
  expect(resultTabs({ components: { shop: shop! } }).map(({ id }) => id)).toEqual([
    'overview',
    'endpoints',
    'scaling',
    'explain',
    'events',
    'runs',
  ])
})

test('figures of the whole and of parts are told apart, with label, unit and help', () => {
  const pages = componentTabs(result.components, catalog).find(({ id }) => id === 'cache')!.components[0]!
  expect(pages.kindLabel).toBe('Cache')
  expect(pages.whole.find(({ id }) => id === 'hit_ratio')).toMatchObject({ label: 'Hit ratio', unit: 'ratio' })
  expect(pages.whole.find(({ id }) => id === 'hits')).toMatchObject({ unit: 'reads/s' })
  const [tiers, deciles, ...others] = pages.parts
  expect(others).toEqual([])
  expect(tiers!.parts.map(({ part }) => part)).toEqual(['process', 'redis'])
  expect(tiers!.parts[1]!.figures['hit_ratio']!.mean).toBeGreaterThan(0)
  expect(tiers!.metrics.map(({ id }) => id)).toContain('evictions')
  expect(deciles!.parts.map(({ part }) => part)).toEqual(Array.from({ length: 10 }, (_, i) => `decile_${i + 1}`))
  expect(deciles!.metrics.map(({ id }) => id)).toEqual(['ranked_hit_ratio'])
  const ratios = deciles!.parts.map(({ figures }) => figures['ranked_hit_ratio']!.mean!)
  expect(ratios[0]).toBeGreaterThan(ratios[9]!)
  expect(splitMetric('shard[3].queries', catalog.find(({ kind }) => kind === 'database')!.metrics)).toMatchObject({
    part: 'shard[3]',
  })
  expect(metricUnit(catalog.find(({ kind }) => kind === 'policy')!.metrics.find(({ kind }) => kind === 'ratio')!)).toBe(
    'factor',
  )
})

test('ratios over time are worked out from counters', () => {
  const plans = chartPlans('pages', names, cache)
  const ratio = plans.find(({ id }) => id === 'hit_ratio')!
  const lines = chartLines(ratio, 'pages', columns)
  expect(lines.map(({ label }) => label)).toEqual(['all', 'process', 'redis'])
  const [hits, misses] = ['pages/hits', 'pages/misses'].map((name) => columns[name]!.values)
  expect(lines[0]!.y[9]).toBeCloseTo(hits![9]! / (hits![9]! + misses![9]!), 12)
  expect(seriesOfPlans(plans).every((name) => names.includes(name))).toBe(true)
})

test('stations have charts; lines that never move give way to those that do', () => {
  const plans = chartPlans(
    'store',
    names,
    catalog.find(({ kind }) => kind === 'database'),
  )
  expect(plans.find(({ id }) => id === 'utilisation')!.lines.map(({ label }) => label)).toContain(
    'shard[1].primary.cpu',
  )
  const endS = [1, 2]
  const plan = {
    id: 'x',
    names: ['X'],
    unit: '',
    kind: 'line' as const,
    lines: ['a', 'b'].map((of) => ({ id: of, label: of, of, among: [] })),
  }
  expect(
    chartLines(plan, 'x', { a: { endS, values: [0, 0] }, b: { endS, values: [0, 3] } }).map(({ id }) => id),
  ).toEqual(['b'])
  expect(isFlatZero(chartLines(plan, 'x', { a: { endS, values: [0, 0] }, b: { endS, values: [0, null] } }))).toBe(true)
})

test('a kind that was never heard of appears by itself', () => {
  const queue = {
    kind: 'queue',
    presentation: { ...cache.presentation, label: 'Queue', tab: { id: 'queues', label: 'Queues' } },
    metrics: [{ id: 'depth', label: 'Depth', unit: 'messages', kind: 'gauge', help: 'Messages kept.' }],
  } as unknown as ComponentDefinition
  const none = { mean: null, low: null, high: null }
  const mail = {
    kind: 'queue',
    utilisation: none,
    queue_length: none,
    stations: {},
    metrics: { depth: { mean: 7, low: 6, high: 8 } },
  }
  const tab = componentTabs({ ...result.components, mail }, [...catalog, queue]).at(-1)!
  expect(tab).toMatchObject({ id: 'queues', label: 'Queues' })
  expect(tab.components[0]!.whole).toEqual([
    { id: 'depth', label: 'Depth', unit: 'messages', help: 'Messages kept.', estimate: { mean: 7, low: 6, high: 8 } },
  ])
  expect(chartPlans('mail', ['mail/depth'], queue).map((plan) => [titleOfPlan(plan), plan.unit])).toEqual([
    ['Depth', 'messages'],
  ])
  // Of a kind that this version does not know, everything is shown under its own name.
  expect(componentTabs({ mail }, catalog)).toMatchObject([
    { id: 'other', components: [{ kindLabel: 'queue', whole: [{ label: 'depth' }] }] },
  ])
})

test('a chart of many lines has a short title; a sentence names them all', () => {
  const named = (...all: string[]): ChartPlan => ({ id: 'x', names: all, unit: '', kind: 'line', lines: [] })
  expect(titleOfPlan(named('Hits'))).toBe('Hits')
  expect(titleOfPlan(named('Hits', 'Misses'))).toBe('Hits and misses')
  expect(titleOfPlan(named('Hits', 'Misses', 'Stale reads'))).toBe('Hits, misses and 1 more')
  expect(sentenceNames(named('Hits', 'Misses', 'Stale reads'))).toBe('Hits, misses and stale reads')
})
