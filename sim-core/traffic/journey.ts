/** The endpoints that one user visits in turn: a fixed sequence or a Markov chain. */

import type { RandomStream } from '../kernel/random.ts'

/** Where a Markov journey may go next. */
export interface JourneyTransition {
  /** Endpoint index. */
  readonly to: number
  /** Probability, 0..1. What the shares of a list lack to 1 is the probability that the journey ends. */
  readonly share: number
}

/** A journey in a plan. Endpoints are indices; `next` is indexed by endpoint. */
export type JourneySpec =
  | { readonly kind: 'sequence'; readonly steps: readonly number[] }
  | { readonly kind: 'markov'; readonly start: number; readonly next: readonly (readonly JourneyTransition[])[] }

/** What `nextStep` returns when the journey is over. */
export const JOURNEY_END = -1

/** What the shares may lack to 1 by rounding alone without the journey being able to end. */
const SHARE_ROUNDING = 1e-9

/** The position at which a journey starts: an index into the sequence, or the endpoint of a Markov journey. */
export function firstStep(spec: JourneySpec): number {
  if (spec.kind === 'markov') return spec.start
  return spec.steps.length > 0 ? 0 : JOURNEY_END
}

/** The endpoint that is visited at a position. */
export function endpointAt(spec: JourneySpec, position: number): number {
  return spec.kind === 'markov' ? position : spec.steps[position]!
}

/**
 * The position after `current`, or JOURNEY_END. A Markov journey draws once per step, a sequence never. No allocation,
 * O(transitions of the endpoint).
 */
export function nextStep(spec: JourneySpec, current: number, stream: RandomStream): number {
  if (spec.kind === 'sequence') return current + 1 < spec.steps.length ? current + 1 : JOURNEY_END
  const transitions = spec.next[current]!
  let left = stream.nextUnit()
  for (let index = 0; index < transitions.length; index++) {
    const { to, share } = transitions[index]!
    left -= share
    if (left < 0) return to
  }
  return left < SHARE_ROUNDING && !canEnd(transitions) ? transitions.at(-1)!.to : JOURNEY_END
}

/**
 * How often each endpoint is visited in one journey, in the mean, [endpointCount]. Infinity for an endpoint that can be
 * reached and from which the journey can never end.
 *
 * Source: J. G. Kemeny, J. L. Snell, "Finite Markov Chains", 1960, theorem 3.2.4: visits = start (I - Q)^-1 with Q the
 * transitions among the transient states. Differs from the source: the row that belongs to the start is solved for alone,
 * by Gaussian elimination with partial pivoting; O(n^3) for n reachable endpoints.
 */
export function expectedVisits(spec: JourneySpec, endpointCount: number): Float64Array {
  const visits = new Float64Array(endpointCount)
  if (spec.kind === 'sequence') {
    for (const endpoint of spec.steps) visits[endpoint] = visits[endpoint]! + 1
    return visits
  }
  const reachable = reachableFrom(spec.start, spec.next)
  const ending = new Set(
    reachable.filter((state) => reachableFrom(state, spec.next).some((end) => canEnd(spec.next[end]!))),
  )
  const states = reachable.filter((state) => ending.has(state))
  for (const state of reachable) visits[state] = Infinity
  const solution = solve(visitEquations(states, spec.start, spec.next))
  for (const [row, state] of states.entries()) visits[state] = solution[row]!
  return visits
}

function canEnd(transitions: readonly JourneyTransition[]): boolean {
  let total = 0
  for (const { share } of transitions) total += share
  return total < 1 - SHARE_ROUNDING
}

/** The endpoints that can be visited after starting at one, itself included, in order of discovery. */
function reachableFrom(start: number, next: readonly (readonly JourneyTransition[])[]): number[] {
  const found = [start]
  const seen = new Set(found)
  for (const state of found) {
    for (const { to, share } of next[state]!) {
      if (share <= 0 || seen.has(to)) continue
      seen.add(to)
      found.push(to)
    }
  }
  return found
}

/** Rows of visits(j) - sum over i of visits(i) * share(i, j) = 1 for the start and 0 elsewhere, the right side last. */
function visitEquations(
  states: readonly number[],
  start: number,
  next: readonly (readonly JourneyTransition[])[],
): Float64Array[] {
  const rowOf = new Map(states.map((state, row) => [state, row]))
  const rows = states.map((state, row) => {
    const equation = new Float64Array(states.length + 1)
    equation[row] = 1
    equation[states.length] = state === start ? 1 : 0
    return equation
  })
  for (const [column, state] of states.entries()) {
    for (const { to, share } of next[state]!) {
      const row = rowOf.get(to)
      if (row !== undefined) rows[row]![column] = rows[row]![column]! - share
    }
  }
  return rows
}

/** Gaussian elimination with partial pivoting; the rows are overwritten, the system must be regular. */
function solve(rows: Float64Array[]): Float64Array {
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let best = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row
    }
    const pivot = rows[best]!
    rows[best] = rows[column]!
    rows[column] = pivot
    for (let row = column + 1; row < size; row++) subtractRow(rows[row]!, pivot, column)
  }
  const solution = new Float64Array(size)
  for (let row = size - 1; row >= 0; row--) {
    const equation = rows[row]!
    let value = equation[size]!
    for (let column = row + 1; column < size; column++) value -= equation[column]! * solution[column]!
    solution[row] = value / equation[row]!
  }
  return solution
}

/** Takes off the multiple of the pivot row that makes the column zero. */
function subtractRow(row: Float64Array, pivot: Float64Array, column: number): void {
  const factor = row[column]! / pivot[column]!
  if (factor === 0) return
  for (let index = column; index < row.length; index++) row[index] = row[index]! - factor * pivot[index]!
}
