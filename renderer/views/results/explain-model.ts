/** Where slow requests spend their time: cohorts side by side, hop by hop, adding up to the whole. */
import type { LatencyCohort, SampleRequest, StudyResult } from '../../../sim-core/analysis/study-result.ts'

export type CohortName = LatencyCohort['cohort']

/** One hop in all cohorts, in ms; 0 where a cohort does not have it. */
export interface HopRow {
  readonly id: string
  readonly hop: string
  readonly part: string
  readonly ms: Readonly<Record<CohortName, number>>
}

/** What is known of an endpoint. */
export interface Explanation {
  readonly endpoint: string
  readonly cohorts: readonly LatencyCohort[]
  /** What the slowest spend most time on first. */
  readonly hops: readonly HopRow[]
  /** The slowest first. */
  readonly samples: readonly SampleRequest[]
  /** What makes the slow ones slow, in a sentence. */
  readonly sentence: string
}

/** Endpoints that have cohorts or sampled requests, in the order of the result. */
export function explainedEndpoints({ cohorts, samples }: Pick<StudyResult, 'cohorts' | 'samples'>): string[] {
  return [...new Set([...cohorts, ...samples].map(({ endpoint }) => endpoint))]
}

export function explain(result: Pick<StudyResult, 'cohorts' | 'samples'>, endpoint: string): Explanation {
  const cohorts = result.cohorts.filter((cohort) => cohort.endpoint === endpoint)
  const hops = hopRows(cohorts)
  return {
    endpoint,
    cohorts,
    hops,
    samples: result.samples
      .filter((sample) => sample.endpoint === endpoint)
      .toSorted((a, b) => b.latency_ms - a.latency_ms || a.start_s - b.start_s),
    sentence: slowness(cohorts, hops),
  }
}

function hopRows(cohorts: readonly LatencyCohort[]): HopRow[] {
  const rows = new Map<
    string,
    { readonly hop: string; readonly part: string; readonly ms: Record<CohortName, number> }
  >()
  for (const { cohort, hops } of cohorts) {
    for (const { hop, part, ms } of hops) {
      const key = `${hop} ${part}`
      const row = rows.get(key) ?? { hop, part, ms: { p50: 0, p95: 0, p99: 0 } }
      row.ms[cohort] += ms
      rows.set(key, row)
    }
  }
  return [...rows]
    .map(([id, row]) => ({ id, ...row }))
    .toSorted((a, b) => b.ms.p99 - a.ms.p99 || b.ms.p95 - a.ms.p95 || (a.id < b.id ? -1 : 1))
}

/** The hop that grows most from the median to the slowest, and how much of the growth it is. */
function slowness(cohorts: readonly LatencyCohort[], hops: readonly HopRow[]): string {
  const latency = (name: CohortName): number => cohorts.find(({ cohort }) => cohort === name)?.latency_ms ?? NaN
  const growth = latency('p99') - latency('p50')
  const grown = hops.toSorted((a, b) => b.ms.p99 - b.ms.p50 - (a.ms.p99 - a.ms.p50))[0]
  if (grown === undefined || !(growth > 0)) return ''
  const share = Math.round(((grown.ms.p99 - grown.ms.p50) / growth) * 100)
  return `Of what the slowest 1 % take longer than the median, ${share} % is ${grown.part === 'queue' ? 'waiting for' : grown.part === 'service' ? 'work at' : `${grown.part} at`} ${grown.hop}.`
}
