// What a content delivery network measures: by which name, as what, with which help.
import type { MetricDefinition } from '../../model/component-definition.ts'
import { counter, gauge, hitRatio, ratio, term } from '../../model/metric-definitions.ts'

/** Figures of a location bear its name in front, as in `riyadh.hits`, and those of the shield `shield.hits`. */
export const cdnMetrics: readonly MetricDefinition[] = [
  counter('hits', 'Hits', 'fetches', 'Fetches that a location answered without a request of their own beyond it.'),
  counter('misses', 'Misses', 'fetches', 'Fetches that went on from their location to the shield or the origin.'),
  hitRatio,
  counter('collapsed', 'Collapsed', 'fetches', 'Fetches that waited for another one of the same key.'),
  counter('stale', 'Stale answers', 'fetches', 'Answers with a version that the origin had already replaced.'),
  counter('egress_bytes', 'Egress', 'bytes', 'Bytes sent to clients.'),
  counter('origin_bytes', 'Origin egress', 'bytes', 'Bytes that the origin sent in answer to fetches.'),
  ratio({
    id: 'distance_saved',
    label: 'Distance saved',
    help: 'Share of the way from the origin to the clients that answers did not travel; misses travel on to the origin.',
    of: 'saved_km',
    among: ['saved_km', 'travelled_km'],
  }),
  ratio({
    id: 'edge_km',
    label: 'Distance to the location',
    unit: 'km',
    help: 'Mean distance between a client and the location that answered it.',
    of: 'edge_sum_km',
    among: ['located'],
  }),
  ratio({
    id: 'origin_km',
    label: 'Distance to the origin',
    unit: 'km',
    help: 'Mean distance between a client that was answered and the origin.',
    of: 'direct_sum_km',
    among: ['located'],
  }),
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
