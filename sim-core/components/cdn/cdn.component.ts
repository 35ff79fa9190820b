// Content delivery networks as a kind of component.
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition } from '../../model/component-definition.ts'
import type { CdnConfig } from './cdn.compile.ts'
import { compileCdn, emitFetch, emitPurge } from './cdn.compile.ts'
import { cdnMetrics } from './cdn-metrics.ts'
import { CdnModel } from './cdn.model.ts'
import type { CdnSpec } from './cdn.schema.ts'
import { cdnSection } from './cdn.schema.ts'
import type { FetchStepSpec, PurgeStepSpec } from './cdn.steps.ts'

/** Content delivery networks: caches near the clients, in front of an origin. */
export const cdnComponent: ComponentDefinition = {
  kind: 'cdn',
  presentation: {
    label: 'CDN',
    icon: 'world',
    onCanvas: true,
    tab: { id: 'edge', label: 'Edge' },
    example: () => ({
      locations: { frankfurt: { at: [50.11, 8.68] }, singapore: { at: [1.35, 103.82] } },
      clients: { europe: { at: [48.86, 2.35], share: '60%' }, asia: { at: [13.76, 100.5], share: '40%' } },
      origin: { at: [50.11, 8.68] },
      capacity: '100GB',
      ttl: '1d',
    }),
  },
  section: cdnSection,
  steps: {
    fetch: (spec, owner, context) => emitFetch(spec as FetchStepSpec, owner, context),
    purge: (spec, _owner, context) => emitPurge(spec as PurgeStepSpec, context),
  },
  metrics: cdnMetrics,
  compile: (_id, spec, context) => compileCdn(spec as CdnSpec, context) as unknown as PlanValue,
  create: (config, context) => new CdnModel(config as unknown as CdnConfig, context),
}
