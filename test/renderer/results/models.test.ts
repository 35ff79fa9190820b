// What the Results screen makes of a result.
import { expect, test } from 'vitest'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { decisionOf } from '../../../renderer/views/results/decision-model.ts'
import { causeRows, endpointRows } from '../../../renderer/views/results/endpoints-model.ts'
import { explain, explainedEndpoints } from '../../../renderer/views/results/explain-model.ts'
import { objectiveLabel, standing, targetWords } from '../../../renderer/views/results/objective-words.ts'
import {
  cohortBars,
  endpointInQuestion,
  heatRows,
  objectivesInOrder,
  overviewSeries,
  tilesOf,
} from '../../../renderer/views/results/overview-model.ts'
import { figureRows, objectiveRows, resultJson } from '../../../renderer/views/results/result-files.ts'
import { qualityOf } from '../../../renderer/views/results/result-quality.ts'
import { replicationValues, runningMeans, settlingFigures } from '../../../renderer/views/results/runs-model.ts'
import { isStale, trustFacts, trustMarks } from '../../../renderer/views/results/trust-model.ts'
import { shopColumns, shopRecord, shopResult } from './shop-study.ts'

const result = shopResult()

test('the decision names the scenario, counts what is missed and blames the bottleneck', () => {
  const { words, headline, reasons } = decisionOf(result, null)
  expect(words).toMatchObject({ sign: '✗', tone: 'bad' })
  expect(headline).toBe('Small shop misses 1 of 4 objectives.')
  expect(reasons[0]).toMatch(/^shop\.view p95 is \d.+ms, not ≤ 1.ms\.$/u)
})

test('a bottleneck and headroom are told with figures', () => {
  const bottleneck = {
    component: 'orders_db',
    station: 'shard[3].primary.cpu',
    share_of_slow_queueing: 0.9,
    starts_s: 860,
    utilisation: 0.8,
    utilisation_peak: 1,
  }
  const made: StudyResult = { ...result, bottlenecks: [bottleneck], headroom: 0.79 }
  const headline = {
    p95Ms: 1,
    errorRatio: 0,
    throughputRps: 1,
    peakLoadRps: 15_000,
    objectivesHeld: 1,
    objectives: 4,
    headroom: 0.79,
  }
  const { reasons } = decisionOf(made, headline)
  expect(reasons[1]).toMatch(
    /^orders_db shard\[3\]\.primary\.cpu saturates from 14:20, 80\.0.% busy on average and 100.% at its peak/u,
  )
  expect(reasons[2]).toMatch(
    /^Headroom 0\.79×: the first objective breaks at about 11\.\d.k.req\/s, the peak was 15\.0.k.req\/s\.$/u,
  )
})

test('every verdict has a headline of its own', () => {
  const headline = (changes: Partial<StudyResult>) => decisionOf({ ...result, ...changes }, null).headline
  expect(headline({ verdict: 'pass' })).toBe('Small shop holds 4 objectives.')
  expect(headline({ verdict: 'pass', objectives: [] })).toContain('keeps up')
  expect(headline({ verdict: 'overloaded' })).toContain('overloaded')
  expect(headline({ verdict: 'not_converged' })).toContain('cannot be decided yet')
})

test('doubts go wherever the figures go', () => {
  const doubtful = { ...result, precision: { asked: 0.01, reached: false }, partial: true }
  expect(qualityOf(result).words).toBe('')
  expect(qualityOf(doubtful).words).toBe('partial, not converged')
  const single = {
    ...result,
    replications: 1,
    clients: {
      ...result.clients,
      latency_ms: { ...result.clients.latency_ms, mean: { mean: 1, low: null, high: null } },
    },
  }
  expect(qualityOf(single)).toMatchObject({ single: true, words: 'single run' })
  for (const rows of [figureRows(doubtful), objectiveRows(doubtful)]) {
    const [header, ...lines] = csvText(rows).trimEnd().split('\r\n')
    expect(header).toMatch(/quality$/u)
    expect(lines.every((line) => line.endsWith('"partial, not converged"'))).toBe(true)
  }
  expect(trustMarks(doubtful, shopRecord().summary, undefined).map(({ id }) => id)).toEqual([
    'not converged',
    'partial',
  ])
  expect(trustFacts(result).map(({ text }) => text)).toEqual(expect.arrayContaining(['3 replications', 'seed 1']))
})

test('a run is stale when its scenario is another one now', () => {
  const { summary } = shopRecord()
  const card = {
    id: 's1',
    fileName: '',
    name: '',
    question: '',
    tags: [],
    notes: '',
    revision: 3,
    updatedMs: 0,
    problems: 0,
    lastRun: null,
    stale: false,
    spark: { loadRps: [], p95Ms: [] },
  }
  expect(isStale(summary, undefined)).toBe(false)
  expect(isStale(summary, card)).toBe(false)
  expect(isStale(summary, { ...card, revision: 4 })).toBe(true)
  // The host knows better of the latest run: comments alone change nothing.
  expect(isStale(summary, { ...card, revision: 4, lastRun: summary })).toBe(false)
  expect(isStale({ ...summary, revision: null }, { ...card, revision: 9 })).toBe(false)
})

test('tiles carry their objectives; availability is what errors leave', () => {
  const tiles = new Map(tilesOf(result, 130).map((tile) => [tile.id, tile]))
  expect(tiles.get('p95')?.objective).toMatchObject({ target: 5000, endpoint: null })
  expect(tiles.get('availability')?.objective).toBeNull()
  expect(tiles.get('availability')?.estimate.mean).toBeCloseTo(1 - result.clients.error_ratio.mean!, 12)
  expect(tiles.get('peak')?.estimate.mean).toBe(130)
})

test('objectives read as sentences, the missed ones first', () => {
  const [first] = objectivesInOrder(result.objectives)
  expect(first).toMatchObject({ id: 'shop.view.p95', pass: false })
  expect(objectiveLabel(first!)).toBe('shop.view p95')
  expect(targetWords(first!)).toMatch(/^≤ 1.ms$/u)
  expect(targetWords({ metric: 'availability', target: 0.9995 })).toMatch(/^≥ 99\.95.%$/u)
  expect([true, false, null].map((pass) => standing(pass).sign)).toEqual(['✓', '✗', '~'])
})

test('the heat map has a row per component, as busy as its busiest station', () => {
  const columns = shopColumns()
  const wanted = overviewSeries(Object.keys(columns))
  expect(wanted).toContain('client/p95_ms')
  expect(wanted).not.toContain('shop.view/p95_ms')
  const rows = heatRows(Object.keys(result.components), columns)
  expect(rows.map(({ id }) => id)).toEqual(['shop', 'bank', 'store'])
  const store = rows.find(({ id }) => id === 'store')!
  const shards = Object.entries(columns).filter(([name]) => /^store\/.*\/utilisation$/u.test(name))
  expect(shards.length).toBeGreaterThan(1)
  for (const [index, value] of [...store.y].entries())
    expect(value).toBe(Math.max(...shards.map(([, { values }]) => values[index] ?? -Infinity)))
})

test('cohorts add up to their whole, by part and by hop', () => {
  for (const endpoint of explainedEndpoints(result)) {
    const { cohorts, hops, samples } = explain(result, endpoint)
    for (const { cohort, latency_ms: whole } of cohorts) {
      expect(hops.reduce((sum, { ms }) => sum + ms[cohort], 0)).toBeCloseTo(whole, 6)
    }
    for (const { whole, parts } of cohortBars(result.cohorts, endpoint))
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(whole, 6)
    expect(samples.map(({ latency_ms: ms }) => ms)).toEqual(
      samples.map(({ latency_ms: ms }) => ms).toSorted((a, b) => b - a),
    )
  }
  expect(endpointInQuestion(result)).toBe('shop.view')
  expect(explain(result, 'shop.view').sentence).toMatch(
    /^Of what the slowest 1 % take longer than the median, \d+ % is .+\.$/u,
  )
})

test('endpoints: all requests first, causes by how often', () => {
  const rows = endpointRows(result)
  expect(rows.map(({ id }) => id)).toEqual(['all', 'shop.view', 'shop.buy', 'bank.pay'])
  expect(rows.map(({ pass }) => pass)).toEqual([true, false, true, undefined])
  const summary = { ...result.clients, completed: 90, failed: 10, errors: { timeout: 3, overload: 7, none: 0 } }
  expect(causeRows(summary)).toEqual([
    { cause: 'overload', count: 7, share: 0.07 },
    { cause: 'timeout', count: 3, share: 0.03 },
  ])
})

test('the mean of replications settles at the mean of all', () => {
  const values = replicationValues(result, settlingFigures[0]!.id)
  expect(values).toHaveLength(3)
  const means = runningMeans(values, 0.95)
  expect(means[0]).toMatchObject({ count: 1, low: null })
  expect(means[2]!.mean).toBeCloseTo(values.reduce((sum: number, value) => sum + value!, 0) / 3, 9)
  expect(means[2]!.low!).toBeLessThan(means[2]!.mean)
  expect(runningMeans([null, 4], 0.95)).toEqual([{ count: 1, mean: 4, low: null, high: null }])
})

test('the exported result is whole and says which run it was', () => {
  expect(JSON.parse(resultJson(shopRecord()))).toMatchObject({
    run: 41,
    verdict: result.verdict,
    fingerprint: result.fingerprint,
  })
})
