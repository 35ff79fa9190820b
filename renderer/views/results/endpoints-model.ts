/** The endpoints of a result as rows, and why their requests failed. */
import type { EndpointSummary, StudyResult } from '../../../sim-core/analysis/study-result.ts'

/** One line of the table. */
export interface EndpointRow {
  readonly id: string
  /** Name of its series. */
  readonly series: string
  readonly label: string
  readonly summary: EndpointSummary
  /** The worst of its objectives: missed, open, or all hold; undefined when it has none. */
  readonly pass: boolean | null | undefined
}

/** How often requests failed of one cause. */
export interface CauseRow {
  readonly cause: string
  readonly count: number
  /** Of all requests that ended. */
  readonly share: number
}

/** Row of all client requests. */
const ALL_REQUESTS = 'all'

/** All requests first, then every endpoint as the scenario has them. */
export function endpointRows({ clients, endpoints, objectives }: StudyResult): EndpointRow[] {
  const passOf = (endpoint: string | null): boolean | null | undefined => {
    const own = objectives.filter((objective) => objective.endpoint === endpoint)
    if (own.length === 0) return undefined
    if (own.some(({ pass }) => pass === false)) return false
    return own.some(({ pass }) => pass === null) ? null : true
  }
  return [
    { id: ALL_REQUESTS, series: 'client', label: 'All requests', summary: clients, pass: passOf(null) },
    ...Object.entries(endpoints).map(([id, summary]) => ({ id, series: id, label: id, summary, pass: passOf(id) })),
  ]
}

/** The most frequent first. */
export function causeRows({ errors, completed, failed }: EndpointSummary): CauseRow[] {
  return Object.entries(errors)
    .filter(([, count]) => count > 0)
    .map(([cause, count]) => ({ cause, count, share: count / Math.max(1, completed + failed) }))
    .toSorted((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1))
}
