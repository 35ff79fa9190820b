/** Generates small content delivery networks. */
import fc from 'fast-check'
import { demand, merged, ms, perhaps } from './small-values.ts'
import type { Document } from './small-values.ts'

/** A network of two locations, of which one may be out of room. */
export const cdn: fc.Arbitrary<Document> = merged(
  fc.record({
    locations: fc.constant({ north: { at: [60, 10] }, south: { at: [-30, 20], capacity: 3 } }),
    default: fc.constant('south'),
    clients: fc.constant({
      near: { at: [50, 10], share: '60%' },
      far: { at: [-33, 151], share: '20%' },
      lost: { share: '20%' },
    }),
    origin: fc.constant({ at: [40, -74] }),
    capacity: fc.integer({ min: 1, max: 60 }),
    ttl: ms(5, 2000),
    network: fc.record({ round_trip_per_1000km: ms(0, 5), last_mile: demand }),
  }),
  perhaps({
    shield: fc.constant({ at: [40, -70], capacity: 20 }),
    collapse: fc.boolean(),
    propagation: fc.record({ delay: demand, failure: fc.constantFrom('0%', '20%') }),
    push: fc.constant({ pictures: '50%' }),
  }),
)
