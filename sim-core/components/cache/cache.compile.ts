// How caches and their `read` and `write` steps become plan data and instructions.
import { KERNEL } from '../../kernel/program.ts'
import { emitNetwork } from '../../kernel/network.ts'
import type { Label, PlanValue } from '../../kernel/program.ts'
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { CacheSpec, ReadStepSpec, WriteStepSpec } from './cache.schema.ts'
import type { CacheTierSpec } from './tier.schema.ts'

type WarmSpec = NonNullable<CacheSpec['warm']>

/** How many of a population's most popular keys: their number, or a share of all. */
export type WarmAmount = Extract<WarmSpec, { readonly kind: 'all' }>['amount']

/** The plan's entry for a cache, in base units. */
export interface CacheConfig {
  readonly tiers: readonly CacheTierSpec[]
  readonly stampede: CacheSpec['stampede']
  /** Loaded of every population that the cache holds. */
  readonly warmEach: WarmAmount | undefined
  /** Loaded of the populations named. */
  readonly warm: readonly { readonly population: number; readonly amount: WarmAmount }[]
}

/** Data of every instruction of a cache. */
export interface AccessData {
  readonly population: number
  /** Most instances of the service whose frames run it. */
  readonly instances: number
  /** The tier that it is about, where it is about one. */
  readonly tier?: number
}

/** The plan's entry for a parsed cache. */
export function compileCache({ tiers, stampede, warm }: CacheSpec, context: CompileContext): CacheConfig {
  if (warm?.kind !== 'by_population') return { tiers, stampede, warmEach: warm?.amount, warm: [] }
  const amounts = Object.entries(warm.amounts)
  return {
    tiers,
    stampede,
    warmEach: undefined,
    warm: amounts.map(([id, amount]) => ({ population: context.population(id), amount })),
  }
}

/** What the instructions of one step have in common. */
interface Access {
  readonly id: string
  readonly spec: CacheSpec
  readonly component: number
  readonly data: Readonly<Record<string, PlanValue>>
}

function accessOf(step: ReadStepSpec | WriteStepSpec, owner: StepOwner, context: CompileContext): Access {
  return {
    id: step.cache,
    spec: context.spec('caches', step.cache) as CacheSpec,
    component: context.component('caches', step.cache),
    data: { population: context.population(step.key), instances: context.instancesMax(owner.service) },
  }
}

/** Emits one read: tier after tier, then, on a miss, the lock, the steps and the filling. */
export function emitRead(step: ReadStepSpec, owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const access = accessOf(step, owner, context)
  const { component, data } = access
  const [end, release, lastTier] = [program.label(), program.label(), program.label()]
  const compute = (): void => {
    context.steps(step.miss, owner)
    program.emit(component, 'fill', { data })
  }
  const { tiers, stampede } = access.spec
  for (const [index, tier] of tiers.entries()) {
    if (index === tiers.length - 1) program.place(lastTier)
    emitLookup(access, tier, index, end, context)
  }
  if (stampede.kind === 'lock') program.emit(component, 'lock', { data, targets: { recheck: lastTier } })
  program.emit(component, 'miss', { data })
  if (stampede.kind === 'lock') {
    program.guarded(release, compute)
    program.place(release)
    program.emit(component, 'unlock', { data })
  } else compute()
  program.place(end)
}

/** The way to a tier and back, its server where it has one, and the lookup at the end of both. */
function emitLookup(access: Access, tier: CacheTierSpec, index: number, hit: Label, context: CompileContext): void {
  const { program } = context
  const data = { ...access.data, tier: index }
  const stream = `${access.id}/${tier.name}.latency`
  if (tier.scope === 'shared') emitNetwork(program, tier.latencyNs, stream)
  else if (tier.latencyNs !== undefined) {
    const duration = tier.latencyNs as unknown as PlanValue
    program.emit(KERNEL, 'delay', { data: { duration, network: false, stream } })
  }
  if (tier.servers !== undefined) program.emit(access.component, 'serve', { data, station: 'node' })
  program.emit(access.component, 'lookup', { data, targets: { hit } })
}

/** Emits one write: the steps that store the value, then the invalidation. */
export function emitWrite(step: WriteStepSpec, owner: StepOwner, context: CompileContext): void {
  const { component, data } = accessOf(step, owner, context)
  context.steps(step.store, owner)
  context.program.emit(component, 'invalidate', { data })
}
