// Reads from a plan's program what lies behind an instruction: what a call leads to, what is done while something is held.
import { KERNEL } from '../kernel/program.ts'
import type { PlanInstruction } from '../kernel/program.ts'
import type { Plan } from '../model/plan.ts'

/** Instructions after the taking of a resource within which its guarded use begins: the lock of a cache counts a miss first. */
const STEPS_TO_USE = 2

/** Every instruction that a call at `pc` may run on its behalf, nested calls and branches included; none for other instructions. */
export function behindCall(plan: Plan, pc: number): ReadonlySet<number> {
  return reachable(plan, calledEntries(plan, plan.instructions[pc]!), -1)
}

/**
 * Every instruction that may run while what `pc` takes (a worker, a connection, a lock) is held; none when it takes nothing.
 * A resource is held where failures go to an instruction of the same component, the one that gives it back, which in turn
 * fails to where the taking does.
 */
export function heldDuring(plan: Plan, pc: number): ReadonlySet<number> {
  const { owner, handler, next } = plan.instructions[pc]!
  if (owner === KERNEL) return new Set()
  let at = next
  for (let step = 0; step < STEPS_TO_USE; step++) {
    const giveBack = plan.instructions[at]!.handler
    if (giveBack !== handler) {
      const { owner: giver, handler: outer } = plan.instructions[giveBack]!
      return giver === owner && outer === handler ? reachable(plan, [next], giveBack) : new Set()
    }
    at = plan.instructions[at]!.next
  }
  return new Set()
}

/** Instructions reached from `starts` without failing, calls included; the walk ends at `stop`. */
function reachable(plan: Plan, starts: readonly number[], stop: number): Set<number> {
  const found = new Set<number>()
  const open = [...starts]
  for (let pc = open.pop(); pc !== undefined; pc = open.pop()) {
    if (pc === stop || found.has(pc)) continue
    found.add(pc)
    const instruction = plan.instructions[pc]!
    open.push(instruction.next, ...Object.values(instruction.targets), ...calledEntries(plan, instruction))
  }
  return found
}

/** First instructions of what a call may call: one endpoint, or any where each request brings its own. */
function calledEntries({ endpoints }: Plan, { op, data }: PlanInstruction): number[] {
  if (op !== 'call') return []
  const { endpoint } = data as { readonly endpoint: number }
  return endpoints.filter((_, index) => endpoint < 0 || index === endpoint).map(({ entry }) => entry)
}
