// How the way to one tier of a cache, and the lookup at its end, become instructions.
import { emitNetwork } from '../../kernel/network.ts'
import type { Label, PlanValue } from '../../kernel/program.ts'
import { KERNEL } from '../../kernel/program.ts'
import type { CompileContext } from '../../model/component-definition.ts'
import type { CacheSpec } from './cache.schema.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** What reads fail with where a tier is told to fail them. */
export const CAUSE_UNAVAILABLE = 'cache_unavailable'

/** What the instructions of one step have in common. */
export interface Access {
  readonly id: string
  readonly spec: CacheSpec
  /** The tiers that accept the population, fastest first. */
  readonly tiers: readonly CacheTierSpec[]
  readonly component: number
  readonly data: Readonly<Record<string, PlanValue>>
}

/** Data of the instructions that look into a tier. */
export interface LookupData {
  /** Code of the cause that a read of a dead node fails with; absent when it goes on to the next tier. */
  readonly cause?: number
}

/**
 * The way to a tier and back, its server where it has one, and the lookup at the end of both. Keys that the tier does not
 * accept for their rank go by; what a size keeps out has to be asked for.
 *
 * @param index the tier's place among those of the access
 * @param targets where a read goes on that found the key: `hit`, and what else the lookup knows
 */
export function emitLookup(
  access: Access,
  index: number,
  targets: Readonly<Record<string, Label>>,
  context: CompileContext,
): void {
  const { program } = context
  const { component } = access
  const tier = access.tiers[index]!
  const data = { ...access.data, tier: index }
  const failing = tier.onFailure === 'fail' ? { ...data, cause: context.cause(CAUSE_UNAVAILABLE) } : data
  const skip = program.label()
  if (tier.accepts?.hottest !== undefined) program.emit(component, 'place', { data, targets: { skip } })
  if (tier.timeoutNs !== undefined) {
    const alive = program.label()
    program.emit(component, 'reach', { data, targets: { alive } })
    emitNetwork(program, { type: 'constant', value: tier.timeoutNs }, `${access.id}/${tier.name}.timeout`)
    program.emit(component, 'unavailable', { data: failing, targets: { skip } })
    program.place(alive)
  }
  emitTravel(access, tier, context)
  if (tier.servers !== undefined) program.emit(component, 'serve', { data, station: 'node' })
  program.emit(component, 'lookup', { data: failing, targets })
  program.place(skip)
}

function emitTravel({ id }: Access, { name, scope, latencyNs }: CacheTierSpec, { program }: CompileContext): void {
  const stream = `${id}/${name}.latency`
  if (scope === 'shared') emitNetwork(program, latencyNs, stream)
  else if (latencyNs !== undefined) {
    const duration = latencyNs as unknown as PlanValue
    program.emit(KERNEL, 'delay', { data: { duration, network: false, stream } })
  }
}
