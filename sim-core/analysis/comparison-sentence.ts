// Says in a sentence how two studies differ.
import type { FigureComparison, LabelledStudy, OverallVerdict } from './comparison-result.ts'
import { distinctFigures } from './distinct-figures.ts'
import { halfWidthOf } from './estimate.ts'
import { changeWords, enumerated, figureName, valueWords } from './figure-words.ts'
import type { StudyResult } from './study-result.ts'

/** Figures told in full; how many more there are is told by number. */
const TOLD = 2

/** The verdict, the figures that decide it, and what objectives that changes. */
export function comparisonSentence(
  verdict: OverallVerdict,
  headline: readonly FigureComparison[],
  baseline: LabelledStudy,
  candidate: LabelledStudy,
): string {
  const objectives = objectiveWords(baseline.result, candidate.result)
  const told = (wanted: readonly FigureComparison['verdict'][]): FigureComparison[] =>
    distinctFigures(headline.filter((figure) => wanted.includes(figure.verdict)))
  const [a, b] = [baseline.label, candidate.label]
  switch (verdict) {
    case 'better':
    case 'worse':
      return `${b} is ${verdict} than ${a}: ${listed(told([verdict]))}${restWords(headline, verdict)}${objectives}.`
    case 'mixed':
      return `${b} is better than ${a} in ${listed(told(['better']))}, and worse in ${listed(told(['worse']))}${objectives}.`
    case 'same':
      return `${b} and ${a} do the same: ${countOf(headline.length)} differ by less than 1 %${objectives}.`
    case 'cannot_tell':
      return `Cannot tell ${b} from ${a}${doubt(headline, baseline.result, candidate.result)}${objectives}.`
  }
}

function listed(figures: readonly FigureComparison[]): string {
  const more = figures.length - TOLD
  const words = figures.slice(0, more === 1 ? figures.length : TOLD).map(differenceWords)
  return more > 1 ? `${words.join('; ')}; and ${more} more` : words.join('; ')
}

/** `p95 812 ms → 240 ms (−70 % ± 3 %)` */
function differenceWords({ subject, figure, baseline, candidate, relative }: FigureComparison): string {
  const [from, to] = [baseline, candidate].map(({ mean }) => (mean === null ? 'none' : valueWords(mean, figure)))
  const change = relative.mean === null ? '' : ` (${changeWords(relative.mean, halfWidthOf(relative))})`
  return `${figureName(subject, figure)} ${from} → ${to}${change}`
}

/** What the verdict does not rest on: errors are named, since a fast system that fails is no better. */
function restWords(headline: readonly FigureComparison[], verdict: OverallVerdict): string {
  const errors = headline.find(({ id }) => id === 'clients.error_ratio')
  if (errors === undefined || errors.verdict === verdict) return ''
  return errors.verdict === 'same' ? '; errors equal' : '; no difference in errors can be told'
}

function doubt(
  headline: readonly FigureComparison[],
  { replications: before }: StudyResult,
  { replications: after }: StudyResult,
): string {
  if (Math.min(before, after) === 1) {
    return ': a single replication says nothing about chance. Run at least two of each'
  }
  const same = headline.filter(({ verdict }) => verdict === 'same').length
  if (same > 0) {
    const open = headline.length - same
    return `: ${same} of ${headline.length} headline figures differ by less than 1 %, ${open} cannot be told. More replications may decide`
  }
  const p95 = headline.find(({ id }) => id === 'clients.p95_ms')
  const change =
    p95 === undefined || p95.relative.mean === null
      ? ''
      : `: p95 differs by ${changeWords(p95.relative.mean, halfWidthOf(p95.relative))}`
  return `${change}. More replications may decide`
}

function objectiveWords(baseline: StudyResult, candidate: StudyResult): string {
  const held = ({ objectives }: StudyResult): string[] =>
    objectives.filter(({ pass }) => pass === true).map(({ id }) => id)
  const [before, after] = [held(baseline), held(candidate)]
  if (baseline.objectives.length !== candidate.objectives.length) return ''
  if (before.length === after.length && before.every((id) => after.includes(id))) return ''
  const gained = after.filter((id) => !before.includes(id))
  const lost = before.filter((id) => !after.includes(id))
  const clauses = [
    gained.length === 0 ? '' : `${namesOrCount(gained)} now ${gained.length === 1 ? 'holds' : 'hold'}`,
    lost.length === 0 ? '' : `${namesOrCount(lost)} no longer ${lost.length === 1 ? 'holds' : 'hold'}`,
  ]
  return `; ${clauses.filter((clause) => clause !== '').join(', ')}`
}

function namesOrCount(ids: readonly string[]): string {
  return ids.length <= TOLD ? enumerated(ids) : `${ids.length} objectives`
}

function countOf(figures: number): string {
  return figures === 1 ? 'the headline figure' : `all ${figures} headline figures`
}
