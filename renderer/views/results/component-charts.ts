/** The charts of one component, worked out from its stations and the definitions of its metrics. */
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import { enumerated } from '../../../sim-core/analysis/figure-words.ts'
import type { ComponentDefinition, MetricDefinition } from '../../../sim-core/model/component-definition.ts'
import type { ChartSeries } from '../../charts/chart-types.ts'
import { valueAt } from '../../charts/series-window.ts'
import { metricUnit, splitMetric } from './component-tab-model.ts'

/** A chart before its figures are read. */
export interface ChartPlan {
  readonly id: string
  /** What it shows: one name, or those of all its lines. */
  readonly names: readonly string[]
  readonly unit: string
  readonly kind: 'line' | 'step'
  readonly lines: readonly LinePlan[]
}

/** A line: one series, or a ratio of several. */
export interface LinePlan {
  readonly id: string
  readonly label: string
  readonly of: string
  /** Of a ratio: the series whose sum it is a share of; empty for a plain series. */
  readonly among: readonly string[]
}

/** Names in a title at most, as the legend has them all. */
const TITLE_NAMES_MAX = 2

/** Lines of parts drawn at most; the busiest, by their highest value. */
const LINES_MAX = 8

/** Its title; of many names the first two, as the legend has them all. */
export function titleOfPlan({ names }: ChartPlan): string {
  const [first = '', ...rest] = names
  if (names.length <= TITLE_NAMES_MAX) return sentenceNames({ names })
  return `${first}, ${lowerFirst(rest[0] ?? '')} and ${rest.length - 1} more`
}

/** All that it shows, for a sentence. */
export function sentenceNames({ names }: Pick<ChartPlan, 'names'>): string {
  return enumerated(names.map((name, at) => (at === 0 ? name : lowerFirst(name))))
}

/** Charts of what there are series of. */
export function chartPlans(
  component: string,
  names: readonly string[],
  definition: ComponentDefinition | undefined,
): ChartPlan[] {
  const own = names.filter((name) => name.startsWith(`${component}/`)).map((name) => name.slice(component.length + 1))
  return [
    ...stationChart(component, own, 'utilisation', 'Utilisation by station', 'ratio'),
    ...stationChart(component, own, 'queue_length', 'Waiting by station', 'requests'),
    ...metricCharts(
      component,
      own.filter((name) => !name.includes('/')),
      definition?.metrics ?? [],
    ),
  ]
}

/** Every series that charts are drawn from. */
export function seriesOfPlans(plans: readonly ChartPlan[]): string[] {
  return [...new Set(plans.flatMap(({ lines }) => lines.flatMap(({ of, among }) => [of, ...among])))]
}

function stationChart(
  component: string,
  own: readonly string[],
  figure: string,
  title: string,
  unit: string,
): ChartPlan[] {
  const lines = own
    .filter((name) => name.endsWith(`/${figure}`))
    .map((name) => plain(component, name, name.slice(0, -figure.length - 1)))
  return lines.length === 0 ? [] : [{ id: figure, names: [title], unit, kind: 'line', lines }]
}

/** Figures of the whole of one unit share a chart; parts have a chart per figure; ratios are worked out from counters. */
function metricCharts(component: string, own: readonly string[], metrics: readonly MetricDefinition[]): ChartPlan[] {
  const named = own.flatMap((name) => {
    const found = splitMetric(name, metrics)
    return found === null || found.metric.kind === 'term' ? [] : [{ name, ...found }]
  })
  const together = new Map<string, { readonly metrics: MetricDefinition[]; readonly lines: LinePlan[] }>()
  for (const metric of metrics) {
    const whole = named.find((each) => each.metric === metric && each.part === '')
    if (whole === undefined) continue
    const key = `${metric.kind} ${metric.unit}`
    const group = together.get(key) ?? { metrics: [], lines: [] }
    group.metrics.push(metric)
    group.lines.push(plain(component, whole.name, metric.label))
    together.set(key, group)
  }
  const shared = [...together].map(([key, group]) => ({
    id: key,
    names: group.metrics.map(({ label }) => label),
    unit: metricUnit(group.metrics[0]!),
    kind: kindOf(group.metrics[0]!),
    lines: group.lines,
  }))
  const ofParts = metrics.flatMap((metric): ChartPlan[] => {
    const parts = named.filter((each) => each.metric === metric && each.part !== '')
    const lines = parts.map(({ name, part }) => plain(component, name, part))
    // One part alone says what the whole says.
    if (
      lines.length === 0 ||
      (lines.length === 1 && together.size > 0 && named.some((each) => each.metric === metric && each.part === ''))
    )
      return []
    return [
      {
        id: `${metric.id} of parts`,
        names: [`${metric.label} by part`],
        unit: metricUnit(metric),
        kind: kindOf(metric),
        lines,
      },
    ]
  })
  return [...metrics.flatMap((metric) => ratioChart(component, own, metric)), ...shared, ...ofParts]
}

function ratioChart(component: string, own: readonly string[], metric: MetricDefinition): ChartPlan[] {
  const { of, among } = metric
  if (metric.kind !== 'ratio' || of === undefined || among === undefined) return []
  const lines = own
    .filter((name) => name === of || name.endsWith(`.${of}`))
    .map((name) => ({ name, prefix: name.slice(0, name.length - of.length) }))
    .filter(({ prefix }) => among.every((other) => own.includes(prefix + other)))
    .map(({ name, prefix }) => ({
      id: `${component}/${prefix}${metric.id}`,
      label: prefix === '' ? 'all' : prefix.slice(0, -1),
      of: `${component}/${name}`,
      among: among.map((other) => `${component}/${prefix}${other}`),
    }))
  return lines.length === 0
    ? []
    : [{ id: metric.id, names: [metric.label], unit: metricUnit(metric), kind: 'line', lines }]
}

/** The lines of a chart from what was read; lines that never show anything but 0 are left out when others do. */
export function chartLines(plan: ChartPlan, component: string, columns: SeriesColumns): readonly ChartSeries[] {
  const all = plan.lines.flatMap((line): ChartSeries[] => {
    const column = columns[line.of]
    if (column === undefined) return []
    const y =
      line.among.length === 0
        ? column.values
        : ratio(
            column,
            line.among.map((name) => columns[name]),
          )
    return [{ id: line.id, label: line.label, colourOf: component, x: column.endS, y, kind: plan.kind }]
  })
  if (all.length <= 1) return all
  const peaks = new Map(all.map((line) => [line.id, peakOf(line)]))
  const moving = all.filter(({ id }) => peaks.get(id)! > 0)
  const drawn = moving.length === 0 ? all : moving
  if (drawn.length <= LINES_MAX) return drawn
  const highest = new Set(drawn.toSorted((a, b) => peaks.get(b.id)! - peaks.get(a.id)!).slice(0, LINES_MAX))
  return drawn.filter((line) => highest.has(line))
}

/** Whether every figure of every line is 0 or missing: then a sentence says it better than a chart. */
export function isFlatZero(lines: readonly ChartSeries[]): boolean {
  return lines.every((line) => peakOf(line) <= 0)
}

function peakOf({ y }: ChartSeries): number {
  let peak = -Infinity
  for (const value of y) if (value !== null && value > peak) peak = value
  return peak
}

/** Series that were reduced may each have kept other instants; then the nearest ones are taken. */
function ratio(of: SeriesColumns[string], among: readonly (SeriesColumns[string] | undefined)[]): (number | null)[] {
  return of.values.map((value, index) => {
    const atS = of.endS[index]!
    const whole = among.reduce(
      (sum, column) => sum + (column === undefined ? 0 : (valueNear(column, atS, index) ?? 0)),
      0,
    )
    return value === null || whole === 0 ? null : value / whole
  })
}

function valueNear({ endS, values }: SeriesColumns[string], atS: number, index: number): number | null {
  return endS[index] === atS ? (values[index] ?? null) : valueAt({ x: endS, y: values }, atS)
}

function plain(component: string, name: string, label: string): LinePlan {
  return { id: `${component}/${name}`, label, of: `${component}/${name}`, among: [] }
}

/** Gauges of whole things change in steps. */
function kindOf({ kind, unit }: MetricDefinition): 'line' | 'step' {
  return kind === 'gauge' && unit === 'count' ? 'step' : 'line'
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
