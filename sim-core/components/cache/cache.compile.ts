// How caches become plan data, and what the instructions of their steps have in common.
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { CacheSpec, ReadStepSpec, WriteStepSpec } from './cache.schema.ts'
import type { KeyAmountSpec } from '../../language/capacity-field.ts'
import type { Access } from './lookup.compile.ts'
import type { InvalidationSpec } from './strategy.schema.ts'
import { acceptsPopulation } from './tier-placement.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** The plan's entry for a cache, in base units. */
export interface CacheConfig {
  readonly tiers: readonly CacheTierSpec[]
  readonly strategy: CacheSpec['strategy']
  readonly stampede: CacheSpec['stampede']
  readonly invalidation: InvalidationSpec
  /** Whether any step writes: else every value is as new as it gets. */
  readonly isWritten: boolean
  /** How long it is remembered that the source lacks a key. */
  readonly negativeNs?: number
  /** How many keys are loaded at the same time when the run starts; absent when they are there at once. */
  readonly warmLoad?: number
  /** Loaded of every population that the cache holds. */
  readonly warmEach: KeyAmountSpec | undefined
  /** Loaded of the populations named. */
  readonly warm: readonly { readonly population: number; readonly amount: KeyAmountSpec }[]
}

/** Data of every instruction of a cache. */
export interface AccessData {
  readonly population: number
  /** Most instances of the service whose frames run it. */
  readonly instances: number
  /** The tier that it is about, where it is about one: its place among those that accept the population. */
  readonly tier?: number
}

/** Noted about a cache that some step writes to; from the next number on, the populations that some step reads. */
export const WRITTEN = 0
export const READ_FROM = 1

/** The plan's entry for a parsed cache. Its steps have been emitted before. */
export function compileCache(id: string, spec: CacheSpec, context: CompileContext): CacheConfig {
  const { tiers, strategy, stampede, invalidation = { kind: 'event' }, warm, warmLoad, negativeNs } = spec
  const isWritten = context.usage('caches', id).has(WRITTEN)
  const negative = negativeNs === undefined ? {} : { negativeNs }
  const loading = warmLoad === undefined ? {} : { warmLoad }
  const config = { tiers, strategy, stampede, invalidation, isWritten, ...negative, ...loading }
  if (warm?.kind !== 'by_population') return { ...config, warmEach: warm?.amount, warm: [] }
  const amounts = Object.entries(warm.amounts)
  return {
    ...config,
    warmEach: undefined,
    warm: amounts.map(([population, amount]) => ({ population: context.population(population), amount })),
  }
}

/** Finds what the instructions of a step have in common. */
export function accessOf(step: ReadStepSpec | WriteStepSpec, owner: StepOwner, context: CompileContext): Access {
  const spec = context.spec('caches', step.cache) as CacheSpec
  return {
    id: step.cache,
    spec,
    tiers: spec.tiers.filter((tier) => acceptsPopulation(tier, step.key)),
    component: context.component('caches', step.cache),
    data: { population: context.population(step.key), instances: context.instancesMax(owner.service) },
  }
}
