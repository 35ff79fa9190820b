// Compares studies of different designs: what differs by more than chance, which is best, and what to beware of.
import { comparePair } from './compare-pair.ts'
import type { ComparedStudy, LabelledStudy, StudyComparison } from './comparison-result.ts'
import { COMPARISON_SCHEMA } from './comparison-result.ts'
import { enumerated, valueWords } from './figure-words.ts'
import { rankStudies } from './rank-studies.ts'
import type { StudyResult } from './study-result.ts'

/** Loads within this share of each other count as equal: seeds alone move them by less. */
const LOAD_TOLERANCE = 0.05

/** Fewest studies that are put in order. */
const RANKED_MIN = 3

/**
 * Compares each of the studies with the first, which is the baseline; three or more are also ranked. Intervals are of the
 * highest confidence that any of the studies asks for.
 * @param studies two or more, each with a label of its own
 */
export function compareStudies(studies: readonly LabelledStudy[]): StudyComparison {
  const [baseline, ...candidates] = studies
  const confidence = Math.max(...studies.map(({ result }) => result.confidence))
  return {
    schema: COMPARISON_SCHEMA,
    confidence,
    studies: studies.map(comparedStudy),
    warnings: warningsOf(studies),
    pairs: baseline === undefined ? [] : candidates.map((candidate) => comparePair(baseline, candidate, confidence)),
    ranking: studies.length < RANKED_MIN ? [] : rankStudies(studies, confidence),
  }
}

function comparedStudy({ label, result }: LabelledStudy): ComparedStudy {
  const { scenario, engine, plan_hash, seed, replications, fingerprint, verdict, objectives } = result
  return { label, scenario, engine, plan_hash, seed, replications, fingerprint, verdict, objectives }
}

function warningsOf(studies: readonly LabelledStudy[]): string[] {
  const those = (holds: (result: StudyResult) => boolean): string[] =>
    studies.filter(({ result }) => holds(result)).map(({ label }) => label)
  const partial = those((result) => result.partial)
  const single = those(({ per_replication: own }) => own.length === 1)
  const without = those(({ per_replication: own }) => own.length === 0)
  const overloaded = those(({ verdict }) => verdict === 'overloaded')
  const same = studies.every(({ result }) => result.fingerprint === studies[0]?.result.fingerprint)
  return [
    differing(
      studies,
      'engine versions',
      ({ engine }) => engine,
      'A difference may be the engine’s. Run all with one version.',
    ),
    differing(studies, 'simulated times', lengthOf, 'Figures over unlike stretches of load are hard to compare.'),
    differing(
      studies,
      'warm-ups',
      ({ series }) => `${series.warmup_s} s`,
      'Figures leave out unlike parts of the runs.',
    ),
    differing(studies, 'confidences', ({ confidence }) => `${confidence * 100} %`, 'The highest is used.'),
    loadWarning(studies),
    partial.length === 0
      ? ''
      : `${enumerated(partial)} ${partial.length === 1 ? 'was' : 'were'} stopped before the end.`,
    single.length === 0
      ? ''
      : `${enumerated(single)} ${single.length === 1 ? 'has' : 'have'} a single replication: differences have no interval.`,
    without.length === 0
      ? ''
      : `${enumerated(without)} ${without.length === 1 ? 'comes' : 'come'} from a version that did not keep the figures of replications. Run again for intervals.`,
    overloaded.length === 0
      ? ''
      : `${enumerated(overloaded)} ${overloaded.length === 1 ? 'does' : 'do'} not keep up with the load: latencies grow for as long as the run lasts.`,
    same ? 'All of them are the same run: every fingerprint is equal.' : '',
  ].filter((warning) => warning !== '')
}

/** A run that was stopped ends at any instant: hundredths of a second are enough to tell it from others. */
function lengthOf({ per_replication: replications, series }: StudyResult): string {
  const endS = replications[0]?.end_s ?? series.columns['end_s']?.at(-1) ?? 0
  return `${Number(endS.toFixed(2))} s`
}

/** Loads that are further apart than chance makes them: nobody is better for having less to do. */
function loadWarning(studies: readonly LabelledStudy[]): string {
  const loads = studies.map(({ result }) => loadOf(result))
  const known = loads.filter((load) => load > 0)
  if (Math.max(...known) <= Math.min(...known) * (1 + LOAD_TOLERANCE)) return ''
  const each = studies.map(({ label }, i) => `${label} ${valueWords(loads[i] ?? 0, 'load_rps')}`)
  return `The loads differ (${each.join(', ')}). Who has less to do is not better for it.`
}

/** Mean requests per second that clients made, after the warm-up; 0 when it is not known. */
function loadOf({ clients, per_replication: replications, series }: StudyResult): number {
  const seconds = replications.reduce((sum, { end_s }) => sum + Math.max(0, end_s - series.warmup_s), 0)
  return seconds > 0 ? clients.arrivals / seconds : 0
}

function differing(
  studies: readonly LabelledStudy[],
  what: string,
  of: (result: StudyResult) => string,
  consequence: string,
): string {
  const values = studies.map(({ result }) => of(result))
  if (new Set(values).size <= 1) return ''
  const each = studies.map(({ label }, i) => `${label} ${values[i]}`)
  return `The ${what} differ (${each.join(', ')}). ${consequence}`
}
