// Compares two studies: every figure of both, and a verdict by the figures that matter.
import type { MeasuredFigure } from './compare-figures.ts'
import { measureFigure, verdictOfFigure } from './compare-figures.ts'
import type { FigureComparison, LabelledStudy, OverallVerdict, PairComparison } from './comparison-result.ts'
import { comparisonSentence } from './comparison-sentence.ts'
import { distinctFigures, valuesKey } from './distinct-figures.ts'
import { holmAdjusted } from './difference.ts'
import { matchReplications } from './matched-replications.ts'
import { figuresOf } from './replication-figures.ts'
import type { ObjectiveResult, StudyResult } from './study-result.ts'

/** Figures that every comparison goes by, whatever the objectives. */
const ALWAYS_HEADLINE = ['clients.p95_ms', 'clients.error_ratio']

/**
 * Ids of the figures that the overall verdict goes by: p95 and errors of all requests, and what the objectives of either study
 * are about. Availability is the complement of the errors, so it is judged by them.
 */
function headlineFigures(studies: readonly StudyResult[]): string[] {
  const ids = studies.flatMap(({ objectives }) => objectives.map(figureOfObjective))
  return [...new Set([...ALWAYS_HEADLINE, ...ids])]
}

/** The figure that an objective is about. */
function figureOfObjective({ metric, endpoint }: ObjectiveResult): string {
  const subject = endpoint ?? 'clients'
  if (metric === 'errors' || metric === 'availability') return `${subject}.error_ratio`
  return `${subject}.${metric === 'throughput' ? 'throughput_rps' : `${metric}_ms`}`
}

/**
 * Compares `candidate` with `baseline`. The headline figures are a family: their probabilities are adjusted after Holm, so
 * that the chance that any of them is called different by accident stays at 1 - confidence. All others stand for themselves.
 * @param confidence of the intervals and verdicts, in 0..1
 */
export function comparePair(baseline: LabelledStudy, candidate: LabelledStudy, confidence: number): PairComparison {
  const matched = matchReplications(baseline.result, candidate.result)
  const before = figuresOf(baseline.result)
  const after = figuresOf(candidate.result)
  const comparing = {
    matched,
    confidence,
    labels: [baseline.label, candidate.label] as const,
    requests: new Set([
      'clients',
      ...Object.keys(baseline.result.endpoints),
      ...Object.keys(candidate.result.endpoints),
    ]),
  }
  const measured = [...new Set([...before.keys(), ...after.keys()])].map((id) =>
    measureFigure(id, before.get(id), after.get(id), comparing),
  )
  const ids = new Set(headlineFigures([baseline.result, candidate.result]))
  const figures = judged(measured, ids, confidence)
  const headline = figures.filter((figure) => figure.headline)
  const verdict = overallVerdict(headline)
  return {
    baseline: baseline.label,
    candidate: candidate.label,
    paired: matched.paired,
    pairing: matched.why,
    verdict,
    sentence: comparisonSentence(verdict, headline, baseline, candidate),
    headline: headline.map(({ id }) => id),
    figures,
  }
}

function judged(
  measured: readonly MeasuredFigure[],
  headline: ReadonlySet<string>,
  confidence: number,
): FigureComparison[] {
  // What is one and the same figure under two names is tested once.
  const family = distinctFigures(measured.filter(({ id, probability }) => headline.has(id) && probability !== null))
  const adjusted = holmAdjusted(family.map(({ probability }) => probability ?? 1))
  const inFamily = new Map(family.map((figure, i) => [valuesKey(figure), adjusted[i]]))
  return measured.map((figure) => {
    const ofFamily = headline.has(figure.id) ? inFamily.get(valuesKey(figure)) : undefined
    const probability = ofFamily ?? figure.probability
    const verdict = verdictOfFigure({ ...figure, probability }, confidence)
    const isOnlyAdjusted = verdict === 'cannot_tell' && (figure.probability ?? 1) <= 1 - confidence
    const reason =
      figure.reason !== '' || verdict !== 'cannot_tell'
        ? figure.reason
        : isOnlyAdjusted
          ? `not certain enough for one of ${family.length} headline figures (Holm)`
          : 'the interval includes no difference'
    return { ...figure, headline: headline.has(figure.id), probability, verdict, reason }
  })
}

function overallVerdict(headline: readonly FigureComparison[]): OverallVerdict {
  const has = (wanted: FigureComparison['verdict']): boolean => headline.some(({ verdict }) => verdict === wanted)
  if (has('better') && has('worse')) return 'mixed'
  if (has('better')) return 'better'
  if (has('worse')) return 'worse'
  return headline.length > 0 && headline.every(({ verdict }) => verdict === 'same') ? 'same' : 'cannot_tell'
}
