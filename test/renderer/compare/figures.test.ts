// What the tables and charts of the screen Compare are made of.
import { describe, expect, it } from 'vitest'
import { compareStudies } from '../../../sim-core/analysis/compare-studies.ts'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { comparisonCsv } from '../../../renderer/views/compare/comparison-csv.ts'
import { componentOf, componentsOf, deltaRows, isTold } from '../../../renderer/views/compare/delta-rows.ts'
import { unitOfFigure } from '../../../renderer/views/compare/figure-units.ts'
import { heatRows } from '../../../renderer/views/compare/heat-cells.ts'
import type { ReadyRun } from '../../../renderer/views/compare/compared-runs.ts'
import { defaultSeries, overlaySeries, seriesChoices } from '../../../renderer/views/compare/overlay-model.ts'
import { runColourKey } from '../../../renderer/views/compare/run-colours.ts'
import { seriesColour } from '../../../renderer/widgets/series-colour.ts'
import { studyOfText } from '../../sim-core/analysis/study-fixture.ts'

function shop(cores: number): StudyResult {
  return studyOfText(
    `
version: 1
name: A shop
run: { duration: 15s, warmup: 2s, bucket: 1s }
traffic: { clients: { rate: 300/s, mix: { buy: 60%, look: 40% } } }
services:
  app:
    cpu: { cores: ${cores}, scheduling: fifo }
    endpoints:
      buy: { slo: { p95: 100ms }, steps: [{ cpu: exponential(5ms) }] }
      look: { steps: [{ cpu: exponential(3ms) }] }
`,
    { replications: 4 },
  )
}

const [two, three, four] = [2, 3, 4].map(shop) as [StudyResult, StudyResult, StudyResult]
const comparison = compareStudies([
  { label: 'A', result: two },
  { label: 'B', result: four },
  { label: 'C', result: three },
])
const pair = comparison.pairs[0]!

describe('rows of differences', () => {
  const everything = { search: '', component: '', all: false }

  it('begin with the headline, then what changed most, and leave out what cannot be told', () => {
    const rows = deltaRows(pair, everything)
    const headline = rows.filter((row) => row.headline)
    expect(rows.slice(0, headline.length)).toEqual(headline)
    expect(headline.map(({ id }) => id)).toEqual(['clients.p95_ms', 'clients.error_ratio', 'app.buy.p95_ms'])
    const others = rows.slice(headline.length)
    expect(others.length).toBeGreaterThan(5)
    expect(others.every(isTold)).toBe(true)
    const sizes = others.map(({ relative }) => Math.abs(relative.mean!))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })

  it('are all of them when asked for, or those of a component or a search', () => {
    expect(deltaRows(pair, { ...everything, all: true })).toHaveLength(pair.figures.length)
    const ofApp = deltaRows(pair, { ...everything, component: 'app', all: true })
    expect(new Set(ofApp.map(({ subject }) => componentOf(subject)))).toEqual(new Set(['app']))
    const found = deltaRows(pair, { ...everything, search: 'Look p99', all: true })
    expect(found.map(({ id }) => id)).toEqual(['app.look.p99_ms', 'app.look.p99_9_ms'])
  })

  it('belong to components, clients first', () => {
    expect(componentsOf(pair)).toEqual(['clients', 'app'])
    expect(['catalog.get', 'catalog/cpu', 'clients'].map(componentOf)).toEqual(['catalog', 'catalog', 'clients'])
  })
})

describe('units', () => {
  it('follow from the end of a name', () => {
    expect(
      ['p95_ms', 'throughput_rps', 'redis.hit_ratio', 'utilisation', 'bytes', 'queue_length'].map(unitOfFigure),
    ).toEqual(['ms', 'req/s', 'ratio', 'ratio', 'bytes', 'count'])
  })
})

describe('the heat map', () => {
  const rows = heatRows(comparison)

  it('has a row for each figure that matters, and a cell for each run', () => {
    expect(rows.map(({ id }) => id)).toEqual(['clients.p95_ms', 'clients.error_ratio', 'app.buy.p95_ms'])
    for (const { cells } of rows) expect(cells.map(({ label }) => label)).toEqual(['A', 'B', 'C'])
  })

  it('is coloured only where a difference is certain, the more the larger it is', () => {
    const [p95, errors] = rows
    expect(p95!.cells[0]).toMatchObject({ heat: 0, comparison: null })
    expect(p95!.cells[1]!.heat).toBeGreaterThan(0)
    expect(p95!.cells[1]!.heat).toBeGreaterThanOrEqual(p95!.cells[2]!.heat)
    expect(errors!.cells.map(({ heat }) => heat)).toEqual([0, 0, 0])
    expect(p95!.cells[1]!.value).toEqual(four.clients.latency_ms.p95)
  })

  it('shows worse runs on the other side', () => {
    const back = compareStudies([
      { label: 'A', result: four },
      { label: 'B', result: two },
      { label: 'C', result: four },
    ])
    expect(heatRows(back)[0]!.cells.map(({ heat }) => Math.sign(heat))).toEqual([0, -1, 0])
  })
})

describe('the exported table', () => {
  it('has a row for every figure and candidate, with the names of the runs', () => {
    const rows = comparisonCsv(comparison, new Map([['A', 'A: run #1 A shop']]))
    expect(rows).toHaveLength(1 + 2 * pair.figures.length)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    const [head, first] = csvText(rows).split('\r\n')
    expect(head).toMatch(/^figure,headline,baseline,candidate,/u)
    expect(first).toMatch(/^clients\.mean_ms,false,A: run #1 A shop,B,/u)
  })
})

describe('charts over each other', () => {
  function ready(label: string, result: StudyResult): ReadyRun {
    const seriesNames = Object.keys(result.series.columns)
    const summary = { number: 1, scenarioName: 'A shop' }
    return { id: label, label, result, summary, record: { seriesNames } } as unknown as ReadyRun
  }
  const runs = [ready('A', two), ready('B', four)]

  it('have a line for every run that has the series, in the colour of the run', () => {
    const columns = { 'client/p95_ms': { endS: [1, 2], values: [3, null] } }
    const lines = overlaySeries(runs, ({ label }) => (label === 'A' ? columns : {}), 'client/p95_ms')
    expect(lines).toMatchObject([{ id: 'A', x: [1, 2], y: [3, null], colourOf: runColourKey('A') }])
  })

  it('offer every other series, by component', () => {
    const choices = seriesChoices(runs)
    expect(choices.map(({ group }) => group)).toEqual(['app', 'all requests'])
    const values = choices.flatMap(({ items }) => items.map(({ value }) => value))
    expect(values).toContain('app/cpu/utilisation')
    expect(values).not.toContain('client/p95_ms')
    expect(choices[0]!.items.find(({ value }) => value === 'app.buy/p95_ms')?.label).toBe('app.buy p95')
    expect(defaultSeries(runs)).toBe('app/cpu/utilisation')
  })

  it('colour eight runs each in its own way, in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      const colours = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((label) => seriesColour(runColourKey(label), theme))
      expect(new Set(colours).size).toBe(8)
    }
  })
})
