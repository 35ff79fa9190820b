/** The charts that lay the same series of several runs over each other. */
import type { ChartSeries, ChartTarget } from '../../charts/chart-types.ts'
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import { componentOf } from './delta-rows.ts'
import type { ReadyRun } from './compared-runs.ts'
import { runColourKey } from './run-colours.ts'

/** Series that are always shown, with their titles. */
export const FIXED_CHARTS = [
  { name: 'client/arrivals_rps', title: 'Load' },
  { name: 'client/p95_ms', title: 'p95 of all requests' },
  { name: 'client/failed_rps', title: 'Failed requests' },
] as const

const FIXED_NAMES: ReadonlySet<string> = new Set(['end_s', ...FIXED_CHARTS.map(({ name }) => name)])

/** One line a run, in the colour of the run. */
export function overlaySeries(
  runs: readonly ReadyRun[],
  columnsOf: (run: ReadyRun) => SeriesColumns,
  name: string,
): ChartSeries[] {
  return runs.flatMap((run) => {
    const column = columnsOf(run)[name]
    if (column === undefined) return []
    const label = `${run.label}  #${run.summary.number} ${run.summary.scenarioName}`
    return [{ id: run.id, label, colourOf: runColourKey(run.label), x: column.endS, y: column.values }]
  })
}

/** Series that can be chosen, by component, in the order of their names. */
export function seriesChoices(
  runs: readonly ReadyRun[],
): { readonly group: string; readonly items: readonly { readonly value: string; readonly label: string }[] }[] {
  const names = [...new Set(runs.flatMap(({ record }) => record.seriesNames))].filter((name) => !FIXED_NAMES.has(name))
  const groups = Map.groupBy(names.toSorted(), (name) => componentOf(name))
  return [...groups].map(([group, members]) => ({
    group: group === 'client' ? 'all requests' : group,
    items: members.map((value) => ({ value, label: seriesTitle(value) })),
  }))
}

/** `catalog cpu utilisation` of `catalog/cpu/utilisation`. */
export function seriesTitle(name: string): string {
  return name
    .replace(/^client\//u, '')
    .replaceAll('/', ' ')
    .replaceAll('_', ' ')
    .replace(/ (?:ms|rps)$/u, '')
}

/** What is shown until the reader chooses: how busy the bottleneck is, else the first that has a utilisation. */
export function defaultSeries(runs: readonly ReadyRun[]): string | undefined {
  const names = runs[0]?.record.seriesNames ?? []
  const worst = runs.flatMap(({ result }) => result.bottlenecks.slice(0, 1))
  const wanted = worst.map(({ component, station }) => `${component}/${station}/utilisation`)
  return wanted.find((name) => names.includes(name)) ?? names.find((name) => name.endsWith('/utilisation'))
}

/** The objective of all requests that is about p95, when all runs have the same one. */
export function sharedTarget(runs: readonly ReadyRun[]): ChartTarget | undefined {
  const targets = runs.map(
    ({ result }) => result.objectives.find(({ endpoint, metric }) => endpoint === null && metric === 'p95')?.target,
  )
  const [first] = targets
  return first !== undefined && targets.every((target) => target === first)
    ? { value: first, label: 'objective' }
    : undefined
}

/** The warm-up, when it is the same in all runs. */
export function sharedWarmup(runs: readonly ReadyRun[]): number | undefined {
  const lengths = new Set(runs.map(({ result }) => result.series.warmup_s))
  return lengths.size === 1 ? [...lengths][0] : undefined
}
