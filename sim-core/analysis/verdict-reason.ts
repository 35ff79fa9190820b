// Says in a sentence what the verdict is and why.
import type { Bottleneck, ObjectiveResult, Verdict } from './study-result.ts'

/** What the sentence is made from. */
export interface VerdictFacts {
  readonly verdict: Verdict
  readonly objectives: readonly ObjectiveResult[]
  readonly headroom: number | null
  readonly bottleneck: Bottleneck | undefined
  readonly precise: boolean
}

export function verdictReason(facts: VerdictFacts): string {
  const { verdict, objectives, precise } = facts
  const named = (pass: boolean | null): string => list(objectives.filter((objective) => objective.pass === pass).map(({ id }) => id))
  switch (verdict) {
    case 'pass':
      return objectives.length === 0 ? 'The system keeps up; no objectives are set.' : `All ${objectives.length} objectives hold${headroomWords(facts)}.`
    case 'fail':
      return `Misses ${named(false)}${headroomWords(facts)}${blame(facts)}.`
    case 'overloaded':
      return `The system does not keep up: work piles up for as long as the run lasts${blame(facts)}.`
    case 'not_converged':
      return precise
        ? `Cannot tell whether ${named(null)} ${objectives.filter(({ pass }) => pass === null).length === 1 ? 'holds' : 'hold'}: the interval includes the target. More replications would decide.`
        : 'The precision asked for was not reached within the replications allowed.'
  }
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
