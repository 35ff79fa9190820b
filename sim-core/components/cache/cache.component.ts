// Caches as a kind of component.
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition } from '../../model/component-definition.ts'
import type { CacheConfig } from './cache.compile.ts'
import { cacheMetrics } from './cache-metrics.ts'
import { compileCache } from './cache.compile.ts'
import { CacheModel } from './cache.model.ts'
import type { CacheSpec, ReadStepSpec, WriteStepSpec } from './cache.schema.ts'
import { cacheSection } from './cache.schema.ts'
import { emitRead } from './read.compile.ts'
import { emitWrite } from './write.compile.ts'

/** Caches: tiers of memory in front of slower sources. */
export const cacheComponent: ComponentDefinition = {
  kind: 'cache',
  presentation: {
    label: 'Cache',
    icon: 'bolt-database',
    onCanvas: true,
    tab: { id: 'cache', label: 'Cache' },
    example: () => ({ tiers: [{ name: 'redis', capacity: 100_000, ttl: '5m', latency: '0.6ms' }] }),
  },
  section: cacheSection,
  steps: {
    read: (spec, owner, context) => emitRead(spec as ReadStepSpec, owner, context),
    write: (spec, owner, context) => emitWrite(spec as WriteStepSpec, owner, context),
  },
  metrics: cacheMetrics,
  compile: (id, spec, context) => compileCache(id, spec as CacheSpec, context) as unknown as PlanValue,
  create: (config, context) => new CacheModel(config as unknown as CacheConfig, context),
}
