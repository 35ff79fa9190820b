/** Tabs for what kinds of components add to results, worked out from their definitions alone. */
import type { ComponentDefinition, MetricDefinition } from '../../../sim-core/model/component-definition.ts'
import type {
  ComponentSummary,
  Estimate,
  StationSummary,
  StudyResult,
} from '../../../sim-core/analysis/study-result.ts'

/** A tab and the components that stand on it. */
export interface ComponentTabModel {
  readonly id: string
  readonly label: string
  readonly components: readonly ComponentModel[]
}

/** One component with everything that is known of it. */
export interface ComponentModel {
  readonly id: string
  readonly kindLabel: string
  readonly summary: ComponentSummary
  /** Figures of the whole component, in the order of the definition. */
  readonly whole: readonly MetricFigure[]
  /** Its parts, such as tiers or shards; those that share no figure stand apart. */
  readonly parts: readonly PartGroup[]
  readonly stations: readonly { readonly id: string; readonly summary: StationSummary }[]
}

/** A figure and what it means. Counters are told per second. */
export interface MetricFigure {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly help: string
  readonly estimate: Estimate
}

export interface PartFigures {
  readonly part: string
  /** By id of the metric. */
  readonly figures: Readonly<Record<string, Estimate>>
}

/** Parts of one sort, and what they have figures of, in the order of the definition. */
export interface PartGroup {
  readonly parts: readonly PartFigures[]
  readonly metrics: readonly MetricDefinition[]
}

/** Where components of kinds stand that the catalogue does not know, as in results of a newer version. */
const OTHER = { id: 'other', label: 'Other' } as const

/** Tabs that components of a result need, in the order of the catalogue; kinds that a scenario lacks have none. */
export function componentTabs(
  components: StudyResult['components'],
  catalog: readonly ComponentDefinition[],
): ComponentTabModel[] {
  const tabs = new Map<string, { readonly id: string; readonly label: string; readonly components: ComponentModel[] }>()
  const add = (tab: { readonly id: string; readonly label: string }, model: ComponentModel): void => {
    const known = tabs.get(tab.id)
    if (known === undefined) tabs.set(tab.id, { id: tab.id, label: tab.label, components: [model] })
    else known.components.push(model)
  }
  const entries = Object.entries(components)
  for (const definition of catalog) {
    for (const [id, summary] of entries) {
      if (summary.kind === definition.kind) add(definition.presentation.tab, componentModel(id, summary, definition))
    }
  }
  for (const [id, summary] of entries) {
    if (!catalog.some(({ kind }) => kind === summary.kind)) add(OTHER, componentModel(id, summary, undefined))
  }
  return [...tabs.values()]
}

function componentModel(
  id: string,
  summary: ComponentSummary,
  definition: ComponentDefinition | undefined,
): ComponentModel {
  const metrics = definition?.metrics ?? Object.keys(summary.metrics).map(unknownMetric)
  const parts = new Map<string, Record<string, Estimate>>()
  for (const [name, estimate] of Object.entries(summary.metrics)) {
    const found = splitMetric(name, metrics)
    if (found === null || found.part === '') continue
    const figures = parts.get(found.part) ?? {}
    figures[found.metric.id] = estimate
    parts.set(found.part, figures)
  }
  return {
    id,
    kindLabel: definition?.presentation.label ?? summary.kind,
    summary,
    whole: metrics.flatMap((metric) => {
      const estimate = summary.metrics[metric.id]
      const { id: name, label, help } = metric
      return estimate === undefined ? [] : [{ id: name, label, help, unit: metricUnit(metric), estimate }]
    }),
    parts: partGroups(
      [...parts].map(([part, figures]) => ({ part, figures })),
      metrics,
    ),
    stations: Object.entries(summary.stations).map(([station, each]) => ({ id: station, summary: each })),
  }
}

/** A part goes to the first group with which it has a figure in common. */
function partGroups(parts: readonly PartFigures[], metrics: readonly MetricDefinition[]): readonly PartGroup[] {
  const groups: PartFigures[][] = []
  for (const part of parts) {
    const alike = groups.find((group) =>
      group.some(({ figures }) => Object.keys(figures).some((id) => part.figures[id] !== undefined)),
    )
    if (alike === undefined) groups.push([part])
    else alike.push(part)
  }
  return groups.map((group) => ({
    parts: group,
    metrics: metrics.filter(({ id }) => group.some(({ figures }) => figures[id] !== undefined)),
  }))
}

/** Which metric a name means, and of which part: `redis.hits` is hits of `redis`, `hits` those of the whole. */
export function splitMetric(
  name: string,
  metrics: readonly MetricDefinition[],
): { readonly part: string; readonly metric: MetricDefinition } | null {
  for (const metric of metrics) {
    if (name === metric.id) return { part: '', metric }
    if (name.endsWith(`.${metric.id}`)) return { part: name.slice(0, -metric.id.length - 1), metric }
  }
  return null
}

/** Unit of a figure as results and series have it: counters per second, ratios without a unit as shares where they cannot exceed 1. */
export function metricUnit({ kind, unit, of, among }: MetricDefinition): string {
  if (kind === 'counter') return unit === '' || unit === 'count' ? '/s' : `${unit}/s`
  if (kind === 'ratio' && unit === '') return of !== undefined && among?.includes(of) === true ? 'ratio' : 'factor'
  return unit
}

function unknownMetric(id: string): MetricDefinition {
  return { id, label: id, unit: '', kind: 'gauge', help: '' }
}
