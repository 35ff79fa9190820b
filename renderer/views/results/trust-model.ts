/** What lets a reader trust the figures of a run: how often it ran, how sure it is, and what exactly it was. */
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { roundFigure } from '../../charts/axis-values.ts'
import { qualityOf } from './result-quality.ts'

/** A fact, with all of it on hover. */
export interface TrustFact {
  readonly id: string
  readonly text: string
  readonly title?: string
}

/** Something to know before believing a figure. */
export interface TrustMark extends TrustFact {
  readonly tone: 'warning' | 'plain'
}

/** Letters of a hash that tell it from others. */
const HASH_LETTERS = 10

export function trustFacts(result: StudyResult): TrustFact[] {
  const { replications, confidence, seed, engine, plan_hash: plan, precision } = result
  const { single, unconverged } = qualityOf(result)
  return [
    { id: 'replications', text: replications === 1 ? '1 replication' : `${replications} replications` },
    ...(single || unconverged ? [] : [{ id: 'converged', text: convergedText(precision) }]),
    ...(single
      ? []
      : [
          {
            id: 'intervals',
            text: `${roundFigure(confidence, 'ratio')} intervals`,
            title: replications === 1 ? 'From batches of the one replication' : 'From how the replications differ',
          },
        ]),
    { id: 'seed', text: `seed ${seed}` },
    { id: 'engine', text: `engine ${engine}` },
    {
      id: 'plan',
      text: `plan ${plan.slice(0, HASH_LETTERS)}`,
      title: `Plan ${plan}: the same plan, seed and engine give the same figures`,
    },
  ]
}

function convergedText(precision: StudyResult['precision']): string {
  return precision === null ? 'no precision asked for' : `converged to ±\u00a0${roundFigure(precision.asked, 'ratio')}`
}

/** @param card of the run's scenario, when it is still there */
export function trustMarks(result: StudyResult, summary: RunSummary, card: ScenarioCard | undefined): TrustMark[] {
  const { single, unconverged, partial } = qualityOf(result)
  return [
    ...(unconverged
      ? [mark('not converged', 'The intervals are wider than asked for, or too wide to decide every objective.')]
      : []),
    ...(partial ? [mark('partial', 'Stopped before its end: the figures are of what was done by then.')] : []),
    ...(summary.injected > 0
      ? [
          mark(
            'altered by hand',
            `${summary.injected === 1 ? 'A fault was' : `${summary.injected} faults were`} put in while it ran: its plan alone gives other figures.`,
          ),
        ]
      : []),
    ...(isStale(summary, card)
      ? [mark('scenario changed since', 'The scenario is not the one that ran. Run it to see what changed.')]
      : []),
    ...(single
      ? [
          {
            id: 'single run',
            text: 'single run',
            title: 'One replication gives no intervals: chance cannot be told from effect.',
            tone: 'plain' as const,
          },
        ]
      : []),
  ]
}

/** Whether the scenario is no longer what ran. A run from a bundle has nothing to compare with. */
export function isStale(summary: RunSummary, card: ScenarioCard | undefined): boolean {
  if (card === undefined || summary.revision === null) return false
  return card.lastRun?.id === summary.id ? card.stale : card.revision !== summary.revision
}

function mark(text: string, title: string): TrustMark {
  return { id: text, text, title, tone: 'warning' }
}
