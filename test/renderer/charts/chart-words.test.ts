// What charts say without a picture: legend, sentence, flags, table and file.
import { expect, test } from 'vitest'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import { placeFlags } from '../../../renderer/charts/chart-flags.ts'
import { chartCells, chartRows } from '../../../renderer/charts/chart-rows.ts'
import { chartSentence } from '../../../renderer/charts/chart-sentence.ts'
import { isolated, sortedLegend, toggled } from '../../../renderer/charts/legend.ts'
import { plotKey } from '../../../renderer/charts/plot-keys.ts'
import { spanInView, wholeSpan } from '../../../renderer/charts/series-figures.ts'

const x = [60, 120, 180, 240]
const whole = { fromS: 0, toS: 240 }
const p95 = { id: 'p95', label: 'p95', colourOf: 'client', x, y: [41, 60, 812, 44] }
const calm = { id: 'calm', label: '=calm', colourOf: 'client', x, y: [10, 11, null, 10] }
const content = { title: 'Latency', unit: 'ms', series: [p95, calm] }

test('the sentence tells start, peak, end, and when the objective is broken', () => {
  expect(chartSentence({ ...content, target: { value: 500, label: 'objective' } }, whole)).toBe(
    'p95 rises from 41.0\u00a0ms to 812\u00a0ms at 3:00, then ends at 44.0\u00a0ms; =calm stays between 10.0\u00a0ms and 11.0\u00a0ms; above the objective of 500\u00a0ms from 3:00.',
  )
  expect(chartSentence({ ...content, series: [] }, whole)).toBe('Nothing was measured.')
})

test('the legend sorts by figures of what is in view, without figures last', () => {
  const empty = { id: 'none', label: 'none', colourOf: 'c', x, y: [null, null, null, null] }
  const rows = sortedLegend([empty, calm, p95], whole, { column: 'max', descending: true })
  expect(rows.map(({ id }) => id)).toEqual(['p95', 'calm', 'none'])
  expect(rows[0]!.figures).toMatchObject({ mean: 239.25, max: 812, last: 44, maxAtS: 180 })
  expect(sortedLegend([p95], { fromS: 0, toS: 130 }, null)[0]!.figures.max).toBe(60)
})

test('a click isolates and shows all again; a ctrl-click toggles, but never hides the last', () => {
  const ids = ['a', 'b', 'c']
  expect([...isolated(ids, new Set(), 'b')]).toEqual(['a', 'c'])
  expect([...isolated(ids, new Set(['a', 'c']), 'b')]).toEqual([])
  expect([...toggled(ids, new Set(), 'b')]).toEqual(['b'])
  expect([...toggled(ids, new Set(['a', 'b']), 'c')]).toEqual(['a', 'b'])
})

test('rows join series by instant; files mark figures that are not sure, and are harmless in spreadsheets', () => {
  const other = { ...calm, x: [60, 90], y: [1, 2] }
  expect(chartRows({ series: [p95, other] }, { fromS: 0, toS: 130 }).rows).toEqual([
    { atS: 60, values: [41, 1] },
    { atS: 90, values: [null, 2] },
    { atS: 120, values: [60, null] },
  ])
  const text = csvText(chartCells(content, { fromS: 0, toS: 130 }, 'not converged'))
  expect(text.split('\r\n').slice(0, 2)).toEqual(["time (s),p95 (ms),'=calm (ms),quality", '60,41,10,not converged'])
})

test('flags share a place when they are close, and tell what fits before the next', () => {
  const event = (atS: number, text: string) => ({ at_s: atS, component: 'catalog', kind: 'scaled', text })
  const flags = placeFlags(
    [event(200, '4 to 5 replicas, cpu'), event(10, '3 to 4 replicas, cpu'), event(11, 'ready')],
    whole,
    480,
  )
  expect(flags.map(({ atS, events }) => [atS, events.length])).toEqual([
    [10, 2],
    [200, 1],
  ])
  expect(flags[0]!.text).toBe('catalog 3 to 4 replicas +1')
  expect(flags[1]!.text).toMatch(/^catalog.*…$/u)
  expect(placeFlags([event(500, 'later')], whole, 480)).toEqual([])
})

test('keys move the crosshair, zoom around it and go back', () => {
  const state = { crosshairS: 120, span: whole, whole }
  expect(plotKey('ArrowRight', state)).toEqual({ crosshairS: 122.4 })
  expect(plotKey('+', state)).toEqual({ zoom: { fromS: 60, toS: 180 } })
  expect(plotKey('-', state)).toEqual({ zoom: null })
  expect(plotKey('0', state)).toEqual({ zoom: null })
  expect(plotKey('End', state)).toEqual({ crosshairS: 240 })
  expect(plotKey('x', state)).toBeNull()
})

test('a zoom that lies outside shows all', () => {
  expect(wholeSpan(content)).toEqual(whole)
  expect(spanInView({ fromS: 300, toS: 400 }, whole)).toEqual(whole)
  expect(spanInView({ fromS: 100, toS: 400 }, whole)).toEqual({ fromS: 100, toS: 240 })
})
