// How caches and their `read` and `write` steps become plan data and instructions.
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { CacheSpec, ReadStepSpec, WriteStepSpec } from './cache.schema.ts'
import type { KeyAmount } from './key-amount.schema.ts'
import type { Access } from './lookup.compile.ts'
import { emitLookup } from './lookup.compile.ts'
import { acceptsPopulation } from './tier-placement.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** The plan's entry for a cache, in base units. */
export interface CacheConfig {
  readonly tiers: readonly CacheTierSpec[]
  readonly stampede: CacheSpec['stampede']
  /** How long it is remembered that the source lacks a key. */
  readonly negativeNs?: number
  /** Loaded of every population that the cache holds. */
  readonly warmEach: KeyAmount | undefined
  /** Loaded of the populations named. */
  readonly warm: readonly { readonly population: number; readonly amount: KeyAmount }[]
}

/** Data of every instruction of a cache. */
export interface AccessData {
  readonly population: number
  /** Most instances of the service whose frames run it. */
  readonly instances: number
  /** The tier that it is about, where it is about one: its place among those that accept the population. */
  readonly tier?: number
}

/** The plan's entry for a parsed cache. */
export function compileCache({ tiers, stampede, warm, negativeNs }: CacheSpec, context: CompileContext): CacheConfig {
  const negative = negativeNs === undefined ? {} : { negativeNs }
  if (warm?.kind !== 'by_population') return { tiers, stampede, ...negative, warmEach: warm?.amount, warm: [] }
  const amounts = Object.entries(warm.amounts)
  return {
    tiers,
    stampede,
    ...negative,
    warmEach: undefined,
    warm: amounts.map(([id, amount]) => ({ population: context.population(id), amount })),
  }
}

function accessOf(step: ReadStepSpec | WriteStepSpec, owner: StepOwner, context: CompileContext): Access {
  const spec = context.spec('caches', step.cache) as CacheSpec
  return {
    id: step.cache,
    spec,
    tiers: spec.tiers.filter((tier) => acceptsPopulation(tier, step.key)),
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
  const { tiers } = access
  const { stampede } = access.spec
  for (const index of tiers.keys()) {
    if (index === tiers.length - 1) program.place(lastTier)
    emitLookup(access, index, end, context)
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

/** Emits one write: the steps that store the value, then the invalidation. */
export function emitWrite(step: WriteStepSpec, owner: StepOwner, context: CompileContext): void {
  const { component, data } = accessOf(step, owner, context)
  context.steps(step.store, owner)
  context.program.emit(component, 'invalidate', { data })
}
