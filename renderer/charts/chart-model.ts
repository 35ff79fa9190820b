/** Turns content, size, colours and the reader's choices into what ECharts draws. */
import { lineStyle } from './chart-colours.ts'
import type { LineStyle } from './chart-colours.ts'
import { linearAxis, logarithmicAxis, roundFigure, valueTickText } from './axis-values.ts'
import type { ValueAxis } from './axis-values.ts'
import type { Flag } from './chart-flags.ts'
import { placeFlags } from './chart-flags.ts'
import type { ChartContent, ChartPalette, ChartSeries, TimeSpan } from './chart-types.ts'
import { pointsInView } from './series-window.ts'
import { tickText, timeTicks } from './time-axis.ts'

/** Room around the plot in px; the same in every chart, so that moments stand above each other. */
export const PLOT = { left: 60, right: 20, top: 10, topWithFlags: 24, bottom: 22 } as const

/** Points drawn per px of width: the lowest and the highest of each. */
const POINTS_PER_PX = 2

/** Ticks of the value axis per px of height. */
const TICKS_PER_PX = 1 / 36

/** A target this many times the highest value does not stretch the axis; its value stands at the upper edge instead. */
const TARGET_STRETCH = 4

const FONT_PX = 12

/** What the reader sees of the content. */
export interface ChartScene {
  readonly span: TimeSpan
  readonly hidden: ReadonlySet<string>
  readonly widthPx: number
  readonly heightPx: number
  readonly palette: ChartPalette
  /** `#rrggbb` of a component. */
  readonly colourOf: (component: string) => string
}

/** The style of every line: those of one component differ. */
export function lineStyles(
  series: readonly Pick<ChartSeries, 'id' | 'colourOf'>[],
  colourOf: (component: string) => string,
): Map<string, LineStyle> {
  const seen = new Map<string, number>()
  return new Map(
    series.map(({ id, colourOf: component }) => {
      const index = seen.get(component) ?? 0
      seen.set(component, index + 1)
      return [id, lineStyle(colourOf(component), index)]
    }),
  )
}

/** Room above the plot. */
export function plotTop({ events = [] }: Pick<ChartContent, 'events'>): number {
  return events.length > 0 ? PLOT.topWithFlags : PLOT.top
}

/** The option of ECharts, as plain data and formatters. */
export function chartOption(content: ChartContent, scene: ChartScene) {
  const { span, palette } = scene
  const widthPx = Math.max(1, scene.widthPx - PLOT.left - PLOT.right)
  const top = plotTop(content)
  const drawn = content.series
    .filter(({ id }) => !scene.hidden.has(id))
    .map((series) => ({ series, points: pointsInView(forAxis(series, content), span, widthPx * POINTS_PER_PX) }))
  const axis = valueAxis(
    content,
    drawn.map(({ points }) => points),
    scene.heightPx - top - PLOT.bottom,
    scene,
  )
  const styles = lineStyles(content.series, scene.colourOf)
  const text = { color: palette.dimmed, fontSize: FONT_PX, fontFamily: palette.fontFamily }
  return {
    animation: false,
    grid: { left: PLOT.left, right: PLOT.right, top, bottom: PLOT.bottom, outerBoundsMode: 'none' as const },
    dataset: drawn.map(({ points }) => ({ source: points, dimensions: ['x', 'y'] })),
    xAxis: {
      type: 'value' as const,
      min: span.fromS,
      max: span.toS,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: palette.grid } },
      axisTick: { show: true, customValues: timeTicks(span, widthPx), lineStyle: { color: palette.grid } },
      axisLabel: {
        ...text,
        customValues: timeTicks(span, widthPx),
        hideOverlap: true,
        alignMaxLabel: 'right' as const,
        formatter: (seconds: number) => tickText(seconds, span),
      },
    },
    yAxis: {
      type: content.logarithmic === true ? ('log' as const) : ('value' as const),
      min: axis.min,
      max: axis.max,
      splitLine: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        customValues: [...axis.ticks],
        formatter: (value: number) => valueTickText(value, content.unit),
      },
    },
    series: [
      marks(content, scene, axis, placeFlags(content.events ?? [], span, widthPx)),
      ...drawn.flatMap(({ series }) => bandOf(series, styles.get(series.id)!.colour, span)),
      ...drawn.map(({ series }, index) => line(series, index, styles.get(series.id)!)),
      ...targetLine(content, axis, palette),
    ],
  }
}

/** A logarithm knows no zero. */
function forAxis({ x, y }: ChartSeries, { logarithmic }: ChartContent): Pick<ChartSeries, 'x' | 'y'> {
  return logarithmic === true
    ? { x, y: Array.from(y, (value) => (value !== null && value > 0 ? value : null)) }
    : { x, y }
}

function line(series: ChartSeries, index: number, { colour, dash }: LineStyle) {
  return {
    id: series.id,
    name: series.label,
    type: 'line' as const,
    datasetIndex: index,
    encode: { x: 'x', y: 'y' },
    showSymbol: false,
    silent: true,
    clip: true,
    z: 3,
    ...(series.kind === 'step' ? { step: 'start' as const } : {}),
    ...(series.kind === 'area' ? { areaStyle: { color: colour, opacity: 0.16 } } : {}),
    lineStyle: { color: colour, width: 1.5, type: dash },
    itemStyle: { color: colour },
  }
}

/** The interval around a line: one shape per stretch without gaps, drawn by hand because it has two edges. */
function bandOf(series: ChartSeries, colour: string, span: TimeSpan) {
  if (series.band === undefined) return []
  const low = pointsInView({ x: series.x, y: series.band.low }, span, Infinity)
  const high = pointsInView({ x: series.x, y: series.band.high }, span, Infinity)
  return [
    {
      id: `${series.id} band`,
      type: 'custom' as const,
      silent: true,
      clip: true,
      z: 2,
      data: stretches(low, high),
      encode: { x: -1, y: -1 },
      renderItem: (parameters: { dataIndex: number }, api: { coord(point: readonly number[]): number[] }) => {
        const [from, to] = stretches(low, high)[parameters.dataIndex] ?? [0, 0]
        return {
          type: 'polygon' as const,
          shape: { points: outline(low, high, from, to).map((point) => api.coord(point)) },
          style: { fill: colour, opacity: 0.18 },
        }
      },
    },
  ]
}

/** Ranges of points at which both edges are known. */
function stretches(low: Float64Array, high: Float64Array): [from: number, to: number][] {
  const found: [number, number][] = []
  for (let i = 0; 2 * i < low.length; i++) {
    if (Number.isNaN(low[2 * i + 1]!) || Number.isNaN(high[2 * i + 1]!)) continue
    const last = found.at(-1)
    if (last !== undefined && last[1] === i) last[1] = i + 1
    else found.push([i, i + 1])
  }
  return found
}

function outline(low: Float64Array, high: Float64Array, from: number, to: number): number[][] {
  const points: number[][] = []
  for (let i = from; i < to; i++) points.push([high[2 * i]!, high[2 * i + 1]!])
  for (let i = to - 1; i >= from; i--) points.push([low[2 * i]!, low[2 * i + 1]!])
  return points
}

function valueAxis(
  { unit, target, logarithmic }: ChartContent,
  points: readonly Float64Array[],
  heightPx: number,
  { span }: ChartScene,
): ValueAxis {
  let [min, max] = [Infinity, -Infinity]
  for (const series of points) {
    for (let i = 0; i < series.length; i += 2) {
      const value = series[i + 1]!
      if (Number.isNaN(value) || series[i]! < span.fromS || series[i]! > span.toS) continue
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  if (max < min) [min, max] = [0, target?.value ?? 0]
  if (target !== undefined && (target.value <= max * TARGET_STRETCH || max <= 0))
    max = Math.max(max, target.value * 1.04)
  if (logarithmic === true) return logarithmicAxis(min, Math.max(max, target?.value ?? 0))
  return linearAxis(min, max, unit, Math.max(2, Math.floor(heightPx * TICKS_PER_PX)))
}

/** Grid lines, warm-up, objective and flags: things that stand at coordinates, whatever lines are shown. */
function marks(content: ChartContent, scene: ChartScene, axis: ValueAxis, flags: readonly Flag[]) {
  const { palette, span } = scene
  const { warmupS = 0 } = content
  const font = { fontSize: FONT_PX - 1, fontFamily: palette.fontFamily }
  const gridLines = axis.ticks.map((tick) => ({
    yAxis: tick,
    lineStyle: { color: palette.grid, width: 1, type: 'solid' as const },
    label: { show: false },
  }))
  const flagLines = flags.map(({ atS, text }) => ({
    xAxis: atS,
    lineStyle: { color: palette.flag, width: 1, type: 'dotted' as const },
    label: {
      show: true,
      position: 'end' as const,
      align: 'left' as const,
      distance: 2,
      formatter: text === '' ? '▾' : `▾ ${text}`,
      color: palette.dimmed,
      ...font,
    },
  }))
  return {
    id: 'marks',
    type: 'line' as const,
    data: [],
    silent: true,
    z: 1,
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: [...gridLines, ...flagLines],
    },
    ...(warmupS > span.fromS
      ? {
          markArea: {
            silent: true,
            itemStyle: { color: palette.shade },
            label: { color: palette.dimmed, position: 'insideTopLeft' as const, distance: 6, ...font },
            data: [[{ name: 'warm-up', xAxis: span.fromS }, { xAxis: Math.min(warmupS, span.toS) }]],
          },
        }
      : {}),
  }
}

/** The objective, over everything else. When it lies far above the lines, its value alone, at the upper edge. */
function targetLine({ unit, target }: ChartContent, axis: ValueAxis, palette: ChartPalette) {
  if (target === undefined) return []
  const above = target.value > axis.max
  const data = [
    {
      yAxis: above ? axis.max : target.value,
      lineStyle: { color: palette.target, width: above ? 0 : 1.5, type: 'dashed' as const },
      label: {
        show: true,
        position: above ? ('insideEndBottom' as const) : ('insideEndTop' as const),
        formatter: `${target.label} ${roundFigure(target.value, unit)}${above ? ' ↑' : ''}`,
        color: palette.target,
        fontSize: FONT_PX,
        fontFamily: palette.fontFamily,
        textBorderColor: palette.surface,
        textBorderWidth: 3,
      },
    },
  ]
  return [
    {
      id: 'target',
      type: 'line' as const,
      data: [],
      silent: true,
      z: 5,
      markLine: { silent: true, symbol: 'none', animation: false, data },
    },
  ]
}
