// Content delivery networks as a kind of component.
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition, MetricDefinition } from '../../model/component-definition.ts'
import type { CdnConfig } from './cdn.compile.ts'
import { compileCdn, emitFetch, emitPurge } from './cdn.compile.ts'
import { CdnModel } from './cdn.model.ts'
import type { CdnSpec } from './cdn.schema.ts'
import { cdnSection } from './cdn.schema.ts'
import type { FetchStepSpec, PurgeStepSpec } from './cdn.steps.ts'

function counter(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'counter', help }
}

function gauge(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'gauge', help }
}

function term(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'term', help }
}

/** Figures of a location bear its name in front, as in `riyadh.hits`, and those of the shield `shield.hits`. */
const metrics: readonly MetricDefinition[] = [
  counter('hits', 'Hits', 'fetches', 'Fetches that a location answered without a request of their own beyond it.'),
  counter('misses', 'Misses', 'fetches', 'Fetches that went on from their location to the shield or the origin.'),
  {
    id: 'hit_ratio',
    label: 'Hit ratio',
    unit: '',
    kind: 'ratio',
    help: 'Hits over hits and misses.',
    of: 'hits',
    among: ['hits', 'misses'],
  },
  counter('collapsed', 'Collapsed', 'fetches', 'Fetches that waited for another one of the same key.'),
  counter('stale', 'Stale answers', 'fetches', 'Answers with a version that the origin had already replaced.'),
  counter('egress_bytes', 'Egress', 'bytes', 'Bytes sent to clients.'),
  counter('origin_bytes', 'Origin egress', 'bytes', 'Bytes that the origin sent in answer to fetches.'),
  {
    id: 'distance_saved',
    label: 'Distance saved',
    unit: '',
    kind: 'ratio',
    help: 'Share of the way from the origin to the clients that answers did not travel; misses travel on to the origin.',
    of: 'saved_km',
    among: ['saved_km', 'travelled_km'],
  },
  {
    id: 'edge_km',
    label: 'Distance to the location',
    unit: 'km',
    kind: 'ratio',
    help: 'Mean distance between a client and the location that answered it.',
    of: 'edge_sum_km',
    among: ['located'],
  },
  {
    id: 'origin_km',
    label: 'Distance to the origin',
    unit: 'km',
    kind: 'ratio',
    help: 'Mean distance between a client that was answered and the origin.',
    of: 'direct_sum_km',
    among: ['located'],
  },
  term('saved_km', 'Distance not travelled', 'km', 'Kilometres to the origin that answers did not travel.'),
  term('travelled_km', 'Distance travelled', 'km', 'Kilometres of answers, those beyond a location included.'),
  term('edge_sum_km', 'Distances to locations', 'km', 'Kilometres between clients and locations, over all answers.'),
  term(
    'direct_sum_km',
    'Distances to the origin',
    'km',
    'Kilometres between clients and the origin, over all answers.',
  ),
  term('located', 'Answers with a place', 'fetches', 'Answers to clients whose place is known.'),
  counter('purges', 'Purges', 'purges', 'Objects that changed.'),
  counter('lost_purges', 'Lost purges', 'purges', 'Purges that a location never heard of, each location counted.'),
  counter('fills', 'Fills', 'objects', 'Objects put in, after a miss or by a push.'),
  counter('evictions', 'Evictions', 'objects', 'Objects pushed out for lack of room.'),
  counter('expiries', 'Expiries', 'objects', 'Objects found too old, and removed.'),
  gauge('entries', 'Objects', 'objects', 'Objects kept, expired ones included.'),
  gauge('bytes', 'Bytes', 'bytes', 'Sum of the sizes of the objects kept.'),
]

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
  metrics,
  compile: (_id, spec, context) => compileCdn(spec as CdnSpec, context) as unknown as PlanValue,
  create: (config, context) => new CdnModel(config as unknown as CdnConfig, context),
}
