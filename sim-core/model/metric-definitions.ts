// Short ways to write down what a component measures.
import type { MetricDefinition } from './component-definition.ts'

/** A cumulative count. */
export function counter(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'counter', help }
}

/** A quantity as it stands. */
export function gauge(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'gauge', help }
}

/** A cumulative sum for ratios alone. */
export function term(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'term', help }
}

/** The increase of `of` over that of all of `among`; without a unit it is a share, or a factor where `of` is not among them. */
export function ratio(
  definition: Omit<MetricDefinition, 'kind' | 'unit'> & { readonly unit?: string },
): MetricDefinition {
  return { unit: '', ...definition, kind: 'ratio' }
}

/** Of whatever counts `hits` and `misses`. */
export const hitRatio: MetricDefinition = ratio({
  id: 'hit_ratio',
  label: 'Hit ratio',
  help: 'Hits over hits and misses.',
  of: 'hits',
  among: ['hits', 'misses'],
})
