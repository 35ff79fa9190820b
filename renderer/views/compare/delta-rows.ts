/** Which figures the table of differences shows, and in which order at first. */
import type { FigureComparison, PairComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { distinctFigures } from '../../../sim-core/analysis/distinct-figures.ts'
import { figureName } from '../../../sim-core/analysis/figure-words.ts'

/** What the reader asked for. */
export interface DeltaFilter {
  readonly search: string
  /** A component, an endpoint's service, or `clients`; empty for all. */
  readonly component: string
  /** Also figures whose difference cannot be told. */
  readonly all: boolean
}

/** Whether a difference is certain. */
export function isTold({ verdict }: Pick<FigureComparison, 'verdict'>): boolean {
  return verdict !== 'cannot_tell' && verdict !== 'same'
}

/** The component that a figure belongs to: `catalog` of `catalog.get_product` and of `catalog/cpu`. */
export function componentOf(subject: string): string {
  return /^[^./]+/u.exec(subject)?.[0] ?? subject
}

/** Headline figures first, in their order; then the others, those that changed most first. */
export function deltaRows({ figures }: PairComparison, { search, component, all }: DeltaFilter): FigureComparison[] {
  const words = search.toLowerCase().split(/\s+/u)
  const wanted = (all ? figures : distinctFigures(figures)).filter(
    (figure) =>
      (all || figure.headline || isTold(figure)) &&
      (component === '' || componentOf(figure.subject) === component) &&
      words.every((word) => searchText(figure).includes(word)),
  )
  return wanted.toSorted((a, b) => Number(b.headline) - Number(a.headline) || (a.headline ? 0 : sizeOf(b) - sizeOf(a)))
}

/** Size of a change, for sorting: without a relative difference it is as large as can be, without any it is none. */
function sizeOf({ relative, difference }: FigureComparison): number {
  if (relative.mean !== null) return Math.abs(relative.mean)
  return difference.mean === null || difference.mean === 0 ? 0 : Infinity
}

/** Components of a comparison, clients first. */
export function componentsOf({ figures }: PairComparison): string[] {
  const names = [...new Set(figures.map(({ subject }) => componentOf(subject)))]
  return names.toSorted((a, b) => Number(b === 'clients') - Number(a === 'clients') || a.localeCompare(b))
}

function searchText({ subject, figure, id }: FigureComparison): string {
  return `${figureName(subject, figure)} ${id}`.toLowerCase()
}
