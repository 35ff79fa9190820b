// Compares one figure of two studies.
import type { FigureComparison, FigureVerdict } from './comparison-result.ts'
import { tHalfWidth } from './confidence.ts'
import type { Spread } from './difference.ts'
import { meanPairedDifference, pairedSpread, twoSidedProbability, welchSpread } from './difference.ts'
import { NO_ESTIMATE } from './estimate.ts'
import type { Direction } from './figure-direction.ts'
import { directionOf } from './figure-direction.ts'
import type { MatchedReplications } from './matched-replications.ts'
import { REPLICATIONS_MIN } from './matched-replications.ts'
import { meanOf } from './moments.ts'
import type { NamedFigure } from './replication-figures.ts'
import type { Estimate } from './study-result.ts'

/** An interval of a difference that stays within this share of the baseline on both sides of 0 says that nothing changed. */
const SAME_WITHIN = 0.01

/** Figures are compared before they are judged: the judgement of headline figures depends on the others. */
export type MeasuredFigure = Omit<FigureComparison, 'verdict' | 'headline'>

/** What a figure is compared under. */
export interface Comparing {
  readonly matched: MatchedReplications
  readonly confidence: number
  /** Names of the two studies. */
  readonly labels: readonly [baseline: string, candidate: string]
  /** Subjects that are clients or endpoints. */
  readonly requests: ReadonlySet<string>
}

/**
 * The difference with its interval. Around the figures as their studies tell them, which are those of all requests
 * together; the spread is that of the replications, as in `estimate`.
 */
export function measureFigure(
  id: string,
  baseline: NamedFigure | undefined,
  candidate: NamedFigure | undefined,
  comparing: Comparing,
): MeasuredFigure {
  const known = knownOf(id, baseline, candidate, comparing.requests)
  const [a, b] = [known.baseline.mean, known.candidate.mean]
  const [before, after] = valuesOf(id, comparing.matched)
  if (a === null || b === null) {
    const reason = `${comparing.labels[a === null ? 0 : 1]} has no such figure`
    return { ...known, difference: NO_ESTIMATE, relative: NO_ESTIMATE, probability: null, reason }
  }
  if (Math.min(before.length, after.length) < REPLICATIONS_MIN) {
    const alone = (mean: number): Estimate => ({ mean, low: null, high: null })
    const relative = a === 0 ? NO_ESTIMATE : alone(b / a - 1)
    const reason = 'one replication says nothing about chance'
    return { ...known, difference: alone(b - a), relative, probability: null, reason }
  }
  const { paired, complete } = comparing.matched
  // The studies' own figures also rest on the replications that only one of them has.
  const isPartly = paired && !complete
  const difference = isPartly ? meanPairedDifference(before, after) : b - a
  const base = isPartly ? meanOf(before) : a
  const spread = paired ? pairedSpread(before, after) : welchSpread(before, after)
  return {
    ...known,
    difference: around(difference, spread, comparing.confidence),
    relative: base === 0 ? NO_ESTIMATE : relativeOf(base, base + difference, before, after, comparing),
    probability: twoSidedProbability(difference, spread),
    reason: '',
  }
}

function knownOf(
  id: string,
  baseline: NamedFigure | undefined,
  candidate: NamedFigure | undefined,
  requests: ReadonlySet<string>,
): Omit<MeasuredFigure, 'difference' | 'relative' | 'probability' | 'reason'> {
  const { subject = '', figure = id } = candidate ?? baseline ?? {}
  return {
    id,
    subject,
    figure,
    direction: directionOf(figure, requests.has(subject)),
    baseline: baseline?.estimate ?? NO_ESTIMATE,
    candidate: candidate?.estimate ?? NO_ESTIMATE,
  }
}

/** The values of a figure that count; of pairs, where both have it. */
function valuesOf(id: string, { paired, baseline, candidate }: MatchedReplications): [number[], number[]] {
  const of = (replications: MatchedReplications['baseline']): (number | null)[] =>
    replications.map(({ figures }) => figures[id] ?? null)
  const [before, after] = [of(baseline), of(candidate)]
  const isThere = (value: number | null): value is number => value !== null
  if (!paired) return [before.filter(isThere), after.filter(isThere)]
  return [
    before.filter((value, i): value is number => value !== null && isThere(after[i] ?? null)),
    after.filter((value, i): value is number => value !== null && isThere(before[i] ?? null)),
  ]
}

/** The interval of a ratio: that of candidate - ratio x baseline, which is 0 on average, over the baseline. */
function relativeOf(
  baseline: number,
  candidate: number,
  before: readonly number[],
  after: readonly number[],
  { matched, confidence }: Comparing,
): Estimate {
  const ratio = candidate / baseline
  const spread = matched.paired ? pairedSpread(before, after, ratio) : welchSpread(before, after, ratio)
  return around(ratio - 1, { ...spread, variance: spread.variance / (baseline * baseline) }, confidence)
}

function around(mean: number, { variance, degreesOfFreedom }: Spread, confidence: number): Estimate {
  const halfWidth = tHalfWidth(variance, degreesOfFreedom, confidence)
  return { mean, low: mean - halfWidth, high: mean + halfWidth }
}

/** By the probability, and where that leaves it open, by whether the interval leaves room for a change. */
export function verdictOfFigure(measured: MeasuredFigure, confidence: number): FigureVerdict {
  const { baseline, difference, probability, direction } = measured
  if (probability === null || difference.mean === null) return 'cannot_tell'
  if (probability <= 1 - confidence) return inDirection(direction, difference.mean)
  const room = Math.max(Math.abs(difference.low ?? Infinity), Math.abs(difference.high ?? Infinity))
  return room <= SAME_WITHIN * Math.abs(baseline.mean ?? 0) ? 'same' : 'cannot_tell'
}

function inDirection(direction: Direction, difference: number): FigureVerdict {
  if (direction === 'neutral') return difference > 0 ? 'higher' : 'lower'
  return difference > 0 === (direction === 'higher') ? 'better' : 'worse'
}
