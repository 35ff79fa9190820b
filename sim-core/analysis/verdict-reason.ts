// Says in a sentence what the verdict is and why.
import type { Bottleneck, ObjectiveResult, Verdict } from './study-result.ts'

/** What the sentence is made from. */
export interface VerdictFacts {
  readonly verdict: Verdict
  readonly objectives: readonly ObjectiveResult[]
  readonly headroom: number | null
  readonly bottleneck: Bottleneck | undefined
  readonly precise: boolean
  /** Every replication reached the end of its simulated time. */
  readonly whole: boolean
}

export function verdictReason(facts: VerdictFacts): string {
  const { verdict, objectives } = facts
  switch (verdict) {
    case 'pass':
      return objectives.length === 0
        ? 'The system keeps up; no objectives are set.'
        : `${objectives.length === 1 ? 'The objective holds' : `All ${objectives.length} objectives hold`}${headroomWords(facts)}.`
    case 'fail':
      return `Misses ${list(objectives.filter(({ pass }) => pass === false).map(({ id }) => id))}${headroomWords(facts)}${blame(facts)}.`
    case 'overloaded':
      return `The system does not keep up: work piles up for as long as the run lasts${blame(facts)}.`
    case 'not_converged':
      return undecided(facts)
  }
}

function undecided({ objectives, precise, whole }: VerdictFacts): string {
  if (!whole)
    return 'Stopped before the end of the simulated time: no objective was missed until then, and what comes later is not known.'
  if (!precise) return 'The precision asked for was not reached within the replications allowed.'
  const open = objectives.filter(({ pass }) => pass === null)
  const unseen = open.filter(({ value }) => value === null).map(({ id }) => id)
  if (unseen.length > 0) return `Cannot tell whether ${list(unseen)} ${holds(unseen)}: no such request was measured.`
  const names = open.map(({ id }) => id)
  return `Cannot tell whether ${list(names)} ${holds(names)}: the interval includes the target. More replications would decide.`
}

function holds(names: readonly string[]): string {
  return names.length === 1 ? 'holds' : 'hold'
}

function headroomWords({ headroom }: VerdictFacts): string {
  return headroom === null ? '' : `, headroom ${headroom.toFixed(2)}x`
}

function blame({ bottleneck }: VerdictFacts): string {
  return bottleneck === undefined ? '' : `; slow requests wait at ${bottleneck.component} ${bottleneck.station}`
}

function list(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
