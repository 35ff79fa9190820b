/** The decision: what a run says, in a sentence, and the facts that a decision rests on. */
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { Bottleneck, StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { instantText } from '../../charts/time-axis.ts'
import { figureWords } from '../../widgets/figure-text.ts'
import { objectiveLabel, objectiveUnit, targetWords } from './objective-words.ts'
import { runWords } from '../../widgets/run-words.ts'
import type { RunWords } from '../../widgets/run-words.ts'

/** What stands at the top of a result. */
export interface Decision {
  readonly words: RunWords
  /** Such as `Black Friday misses 4 of 9 objectives.` */
  readonly headline: string
  /** Why, in whole sentences. */
  readonly reasons: readonly string[]
}

/** A station beyond which requests queue whatever the traffic. */
const SATURATED = 0.9

/** Missed objectives told one by one. */
const MISSED_TOLD = 3

export function decisionOf(result: StudyResult, headline: RunSummary['headline']): Decision {
  const [bottleneck] = result.bottlenecks
  return {
    words: runWords({ status: 'done', verdict: result.verdict }, result.objectives.length),
    headline: `${result.scenario} ${outcome(result)}.`,
    reasons: [
      ...whyNot(result),
      ...(bottleneck === undefined ? [] : [bottleneckWords(bottleneck)]),
      ...(result.headroom === null ? [] : [headroomWords(result.headroom, headline?.peakLoadRps ?? null)]),
      ...(result.limits.in_flight_reached
        ? [`At most ${figureWords(result.limits.in_flight, 'count')} requests are kept in flight; more were refused.`]
        : []),
    ],
  }
}

function outcome({ verdict, objectives }: StudyResult): string {
  const missed = objectives.filter(({ pass }) => pass === false).length
  switch (verdict) {
    case 'pass':
      return objectives.length === 0
        ? 'keeps up; it has no objectives'
        : `holds ${counted(objectives.length, 'objective')}`
    case 'fail':
      return missed === 1 && objectives.length === 1
        ? 'misses its objective'
        : `misses ${missed} of ${counted(objectives.length, 'objective')}`
    case 'overloaded':
      return 'does not keep up: it is overloaded'
    case 'not_converged':
      return 'cannot be decided yet'
  }
}

/** What is missed, with figures; a verdict that is not about objectives has its own reason. */
function whyNot({ verdict, objectives, reason }: StudyResult): string[] {
  if (verdict === 'pass') return []
  if (verdict !== 'fail') return [reason]
  const missed = objectives.filter(({ pass }) => pass === false)
  const told = missed.slice(0, MISSED_TOLD).map((objective, index) => {
    const value = figureWords(objective.value, objectiveUnit(objective.metric))
    const label = objectiveLabel(objective)
    const name = index > 0 && objective.endpoint === null ? label.toLowerCase() : label
    return `${name} is ${value}, not ${targetWords(objective)}`
  })
  const rest = missed.length - told.length
  return [`${told.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}.`]
}

function bottleneckWords(bottleneck: Bottleneck): string {
  const { component, station, starts_s: start, utilisation, utilisation_peak: peak } = bottleneck
  const saturates = (peak ?? 0) >= SATURATED
  const since = start === null ? '' : ` from ${instantText(start)}`
  const busy =
    utilisation === null
      ? ''
      : `, ${figureWords(utilisation, 'ratio')} busy on average${peak === null ? '' : ` and ${figureWords(peak, 'ratio')} at its peak`}`
  const share = figureWords(bottleneck.share_of_slow_queueing, 'ratio')
  return `${component} ${station} ${saturates ? 'saturates' : 'holds requests up'}${since}${busy}; ${share} of the waiting of slow requests is due to it.`
}

function headroomWords(headroom: number, peakRps: number | null): string {
  const factor = figureWords(headroom, 'factor')
  if (peakRps === null) return `Headroom ${factor}.`
  const limit = figureWords(peakRps * headroom, 'req/s')
  const peak = figureWords(peakRps, 'req/s')
  return headroom >= 1
    ? `Headroom at most ${factor}: the busiest station is full at about ${limit}, the peak was ${peak}.`
    : `Headroom ${factor}: the first objective breaks at about ${limit}, the peak was ${peak}.`
}

function counted(count: number, noun: string): string {
  if (count === 1) return `its ${noun}`
  return `${count} ${noun}s`
}
