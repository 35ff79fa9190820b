// The option that ECharts gets: what is drawn, where its axes end, and what stands beside.
import { expect, test } from 'vitest'
import { chartOption, lineStyles } from '../../../renderer/charts/chart-model.ts'
import type { ChartScene } from '../../../renderer/charts/chart-model.ts'
import type { ChartContent } from '../../../renderer/charts/chart-types.ts'

const palette = {
  text: '#000000',
  dimmed: '#555555',
  grid: '#eeeeee',
  surface: '#ffffff',
  target: '#cc0000',
  shade: 'rgba(0,0,0,.05)',
  flag: '#999999',
  fontFamily: 'sans-serif',
}

const x = [10, 20, 30, 40, 50, 60]

const content: ChartContent = {
  title: 'Latency',
  unit: 'ms',
  series: [
    { id: 'p50', label: 'p50', colourOf: 'client', x, y: [10, 12, 11, 10, 12, 11] },
    { id: 'p95', label: 'p95', colourOf: 'client', x, y: [40, 44, 300, 41, null, 40] },
  ],
}

function scene(changes: Partial<ChartScene> = {}): ChartScene {
  return {
    span: { fromS: 0, toS: 60 },
    hidden: new Set(),
    widthPx: 800,
    heightPx: 240,
    palette,
    colourOf: () => '#3b5bdb',
    ...changes,
  }
}

function drawn(option: ReturnType<typeof chartOption>): string[] {
  return option.series.map(({ id }) => id)
}

test('every shown line has its own data; hidden ones are not drawn and do not stretch the axis', () => {
  const all = chartOption(content, scene())
  expect(drawn(all)).toEqual(['marks', 'p50', 'p95'])
  expect(all.dataset).toHaveLength(2)
  expect(all.yAxis.max).toBeGreaterThanOrEqual(300)
  const one = chartOption(content, scene({ hidden: new Set(['p95']) }))
  expect(drawn(one)).toEqual(['marks', 'p50'])
  expect(one.yAxis.max).toBeLessThan(20)
})

test('zooming fits the value axis to what is in view', () => {
  const option = chartOption(content, scene({ span: { fromS: 40, toS: 60 } }))
  expect(option.xAxis).toMatchObject({ min: 40, max: 60 })
  expect(option.yAxis.max).toBeLessThan(100)
})

test('an objective near the lines is within the axis; one far above leaves the lines their room', () => {
  const near = chartOption({ ...content, target: { value: 500, label: 'SLO' } }, scene())
  expect(near.yAxis.max).toBeGreaterThanOrEqual(500)
  const far = chartOption({ ...content, target: { value: 50_000, label: 'SLO' } }, scene())
  expect(far.yAxis.max).toBeLessThan(1000)
  const target = far.series.find(({ id }) => id === 'target')
  expect(JSON.stringify(target)).toContain('SLO 50')
  expect(JSON.stringify(target)).toContain('↑')
})

test('a logarithmic axis spans whole decades and leaves zeros out', () => {
  const zeros = { id: 'z', label: 'z', colourOf: 'z', x, y: [0, 5, 0, 50, 500, 0] }
  const option = chartOption({ ...content, series: [zeros], logarithmic: true }, scene())
  expect(option.yAxis).toMatchObject({ type: 'log', min: 1, max: 1000 })
  expect([...option.dataset[0]!.source].filter((value) => value === 0)).toHaveLength(0)
})

test('warm-up is shaded, events are flags, intervals are bands', () => {
  const events = [{ at_s: 30, component: 'catalog', kind: 'scaled', text: '3 to 4 replicas, cpu at 78 %' }]
  const banded = { ...content.series[0]!, band: { low: [9, 9, null, 9, 9, 9], high: [13, 13, null, 13, 13, 13] } }
  const option = chartOption({ ...content, series: [banded], warmupS: 20, events }, scene())
  const marks = JSON.stringify(option.series.find(({ id }) => id === 'marks'))
  expect(marks).toContain('warm-up')
  expect(marks).toContain('catalog 3 to 4 replicas')
  // Two stretches: the gap interrupts the band.
  expect(option.series.find(({ id }) => id === 'p50 band')).toMatchObject({
    type: 'custom',
    data: [
      [0, 2],
      [3, 6],
    ],
  })
})

test('lines of one component differ, those of different ones keep their own colour', () => {
  const series = ['a', 'a', 'b'].map((colourOf, index) => ({ id: String(index), colourOf }))
  const styles = lineStyles(series, (component) => (component === 'a' ? '#3b5bdb' : '#b4531a'))
  expect(styles.get('0')!.colour).toBe('#3b5bdb')
  expect(styles.get('1')!.colour).not.toBe('#3b5bdb')
  expect(styles.get('2')!.colour).toBe('#b4531a')
})
