// How programs spend time on the way between components.
import type { PlanValue, ProgramBuilder } from './program.ts'
import { KERNEL } from './program.ts'

/**
 * Emits the time of one way through the network, and nothing where the scenario names none.
 * @param durationNs the distribution of the time, as it stands in plans
 * @param stream name of the random stream that it is drawn from, "component/purpose"
 */
export function emitNetwork(program: ProgramBuilder, durationNs: object | undefined, stream: string): void {
  if (durationNs === undefined) return
  program.emit(KERNEL, 'delay', { data: { duration: durationNs as PlanValue, network: true, stream } })
}
