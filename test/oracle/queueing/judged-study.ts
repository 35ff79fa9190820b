// The vectors' rule for stochastic cases: replications until every interval is narrow enough, each holding its value.
import { tHalfWidth, tInterval } from '../../../sim-core/analysis/confidence.ts'
import { sampleVariance } from '../../../sim-core/analysis/moments.ts'
import { type OracleEffort, type OracleOutcome, allOf } from '../oracle-case.ts'
import type { Figure } from './figure.ts'
import { Replications, timePerEventNs } from './replications.ts'
import type { QueueingStudy } from './replications.ts'

/** Confidence of the intervals (vectors, section 3). */
const CONFIDENCE = 0.99

/** Replications of a study at first, by effort, and how many times as many at most; the vectors ask for 10. */
const REPLICATIONS: Readonly<Record<OracleEffort, number>> = { quick: 10, full: 20 }
const REPLICATIONS_GROWTH = 3

/** Events of a replication at first and at most: what a case costs at least, and what a hopeless one may cost. */
const FIRST_EVENTS = 60_000
const EVENTS_MAX = 1e8

/**
 * Correlation between adjacent buckets beyond which replications are too short. A process that forgets with time constant t
 * has about t / (2 b) for buckets of length b: at 0.2 the warm-up of two buckets is five time constants long, at 0.4, which
 * is enough for wide intervals, half of that.
 */
const CORRELATION_MAX: Readonly<Record<OracleEffort, number>> = { quick: 0.4, full: 0.2 }

/**
 * By how much replications grow at least and at most: what short ones say of the variance of long ones is pessimistic. The
 * margins are for the errors of the estimates of what is wanted.
 */
const LENGTHEN_LEAST = 1.5
const LENGTHEN_MOST = 8
const LENGTH_MARGIN = 1.1
const CORRELATION_MARGIN = 1.5

/** Half-widths relative to the value, by how loaded the busiest station is (vectors, section 3). */
const WIDTHS: readonly { readonly upTo: number; readonly width: number }[] = [
  { upTo: 0.8, width: 0.01 },
  { upTo: 0.95, width: 0.03 },
  { upTo: Infinity, width: 0.05 },
]

/** Digits of a measured load that tell the widths apart: 0.80002 is 0.8. */
const LOAD_STEPS = 1e3

/** Widths of the quick effort in units of those of the vectors: a sixteenth of the customers. */
const QUICK_WIDTHS = 4

/**
 * Part of the allowed half-width by which an interval may miss the value: it covers the digits that are printed, times
 * rounded to whole nanoseconds and buckets of histograms, which matter where nothing varies, as in a saturated station.
 */
const MISS_ALLOWED = 0.01

/** Seeds of the first and of the second attempt; replications made longer take the next seed. */
const SEED = 1
const SECOND_SEED = 1_000

/** How much longer the second attempt is (vectors, section 3). */
const SECOND_LENGTH = 4

/** Failed figures of a case that are told. */
const FAILURES_TOLD = 4

/**
 * Judges a case by its studies. A figure passes when its 99 % interval is as narrow as the rule asks for and holds the
 * value. A case has up to forty figures: if each interval were asked to hold its value at 99 %, every third case would
 * fail without a fault. Hence (Bonferroni) the interval that must hold the value has confidence 1 - 1 % / figures, so that
 * a case as a whole gives a false alarm once in a hundred; how narrow an interval must be stays judged at 99 %. A case that
 * fails is run once more, under another seed and four times as long.
 */
export function judgeStudies(studies: readonly QueueingStudy[], effort: OracleEffort): OracleOutcome {
  const figures = studies.reduce((sum, { figures: ofStudy }) => sum + ofStudy.length, 0)
  const first = studies.map((study) => longEnough(study, effort, SEED))
  const outcome = outcomeOf(
    first.flatMap((replications) => verdictsOf(replications, effort, figures)),
    effort,
  )
  if (outcome.pass) return outcome
  const second = first.map(({ study, durationNs, count }) => {
    const replications = new Replications(study, durationNs * SECOND_LENGTH, SECOND_SEED)
    replications.extend(count)
    return replications
  })
  return outcomeOf(
    second.flatMap((replications) => verdictsOf(replications, effort, figures)),
    effort,
  )
}

/** Replications of a study whose intervals are narrow enough. Only widths decide on the length, never where the means lie. */
function longEnough(study: QueueingStudy, effort: OracleEffort, seed: number): Replications {
  const perEventNs = timePerEventNs(study, seed)
  const longestNs = EVENTS_MAX * perEventNs
  const count = REPLICATIONS[effort]
  let durationNs = FIRST_EVENTS * perEventNs
  for (let round = 0; ; round++) {
    const replications = new Replications(study, durationNs, seed + round)
    replications.extend(count)
    const correlation = replications.correlation() / CORRELATION_MAX[effort]
    const isCorrelated = correlation > 1
    if (!isCorrelated) addWhileFew(replications, effort)
    const lacking = lengthLacking(replications, effort)
    if (durationNs >= longestNs || (!isCorrelated && lacking <= 1)) return replications
    const wanted = (lacking * LENGTH_MARGIN * replications.count) / count
    const longer = Math.max(LENGTHEN_LEAST, wanted, isCorrelated ? correlation * CORRELATION_MARGIN : 0)
    durationNs = Math.min(longestNs, durationNs * Math.min(LENGTHEN_MOST, longer))
  }
}

/** Adds replications while few are lacking. */
function addWhileFew(replications: Replications, effort: OracleEffort): void {
  for (;;) {
    const wanted = Math.ceil(replications.count * lengthLacking(replications, effort))
    if (wanted <= replications.count || wanted > REPLICATIONS_GROWTH * REPLICATIONS[effort]) return
    replications.extend(wanted - replications.count)
  }
}

/**
 * How many times as much must be simulated for every interval to be narrow enough. What must be exactly zero, such as the
 * wait where there is no waiting room, does not get closer to it with length.
 */
function lengthLacking(replications: Replications, effort: OracleEffort): number {
  const ratios = replications.study.figures.map((figure, i) => {
    const allowed = allowedFor(figure, replications, effort)
    return allowed === 0 ? 0 : halfWidthOf(replications.values(i)) / allowed
  })
  return Math.max(...ratios) ** 2
}

function halfWidthOf(values: readonly number[], confidence = CONFIDENCE): number {
  return tHalfWidth(sampleVariance(values) / values.length, values.length - 1, confidence)
}

/** The half-width that the rule allows a figure. */
function allowedFor(figure: Figure, { utilisation }: Replications, effort: OracleEffort): number {
  const load = Math.round(utilisation * LOAD_STEPS) / LOAD_STEPS
  const width = WIDTHS.find(({ upTo }) => load <= upTo)?.width ?? Infinity
  const allowed = figure.absolute ?? width * figure.widths * Math.abs(figure.scale)
  return effort === 'quick' ? allowed * QUICK_WIDTHS : allowed
}

interface FigureVerdict {
  readonly label: string
  readonly expected: number
  readonly mean: number
  readonly halfWidth: number
  readonly allowed: number
  readonly scale: number
  readonly holds: boolean
}

function verdictsOf(replications: Replications, effort: OracleEffort, figuresOfCase: number): FigureVerdict[] {
  const { study } = replications
  return study.figures.map((figure, i) => {
    const values = replications.values(i)
    const { expected, name } = figure
    const allowed = allowedFor(figure, replications, effort)
    const { mean, low, high } = tInterval(values, 1 - (1 - CONFIDENCE) / figuresOfCase)
    const slack = MISS_ALLOWED * allowed + (figure.uncertainty ?? 0)
    const holds = low - slack <= expected && expected <= high + slack
    const label = study.name === '' ? name : `${study.name} ${name}`
    const scale = figure.absolute === undefined ? Math.abs(figure.scale) || 1 : 1
    return { label, expected, mean, halfWidth: halfWidthOf(values), allowed, scale, holds }
  })
}

/** Judges all figures; the worst one gives the error: how wide its interval is, or how far off, relative to its scale. */
function outcomeOf(verdicts: readonly FigureVerdict[], effort: OracleEffort): OracleOutcome {
  const outcomes = verdicts.map((verdict) => {
    const { label, expected, mean, halfWidth, allowed, scale, holds } = verdict
    const error = (holds ? halfWidth : Math.max(Math.abs(mean - expected), halfWidth)) / scale
    const width = `${(100 * allowed) / scale}${effort === 'quick' ? ' % (quick effort: widths of the vectors times 4)' : ' %'}`
    return {
      pass: holds && halfWidth <= allowed,
      error,
      tolerance: allowed / scale,
      expected: `${label} ${expected}, half-width up to ${width}`,
      got: `${label} ${mean} ± ${halfWidth} (99 %)${holds ? '' : ', which does not hold the value'}`,
    }
  })
  const failed = outcomes.filter(({ pass }) => !pass)
  const worst = allOf(outcomes)
  if (failed.length === 0) return worst
  const told = failed.slice(0, FAILURES_TOLD)
  const expected = told.map((outcome) => outcome.expected).join('; ')
  const got = `${told.map((outcome) => outcome.got).join('; ')}; ${failed.length} of ${outcomes.length} figures`
  return { ...worst, expected, got }
}
