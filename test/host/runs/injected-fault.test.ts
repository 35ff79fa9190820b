// Faults put in by hand become those of the plan, checked in the words of the language.
import { expect, test } from 'vitest'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { faultOf } from '../../../host/runs/injected-fault.ts'

const document: JsonValue = {
  version: 1,
  name: 'nodes',
  keys: { products: { count: 10 } },
  traffic: { clients: { rate: '1/s', mix: { 'shop.get': 1 } } },
  services: {
    shop: {
      endpoints: { get: { steps: [{ read: { cache: 'store', key: 'products', miss: { delay: '1ms' } } }] } },
    },
  },
  caches: { store: { tiers: [{ name: 'redis', capacity: 10, nodes: 3, servers: 1, demand: '1ms' }] } },
}

test('nodes of a cache are killed, restored and slowed', () => {
  const place = { component: 2, group: 'redis' }
  expect(faultOf(document, { target: 'store.redis[2]', action: { kind: 'kill' } })(7)).toMatchObject({
    place: { ...place, name: 'store.redis[2]', part: 2 },
    action: { kind: 'kill' },
    timing: { atNs: 7 },
  })
  expect(faultOf(document, { target: 'store.redis', action: { kind: 'restore' } })(7)).toMatchObject({
    place: { ...place, name: 'store.redis', part: undefined },
    action: { kind: 'restore' },
  })
  expect(
    faultOf(document, { target: 'store.redis[0]', action: { kind: 'slow', factor: 4, forS: 2 } })(7),
  ).toMatchObject({ place: { ...place, part: 0 }, action: { kind: 'speed', speed: 0.25 }, timing: { forNs: 2e9 } })
})

test('what makes no sense is refused', () => {
  for (const target of ['store', 'store.redis[3]', 'store.near', 'shop.redis']) {
    expect(() => faultOf(document, { target, action: { kind: 'kill' } })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ code: 'invalid-call' }) as unknown }) as Error,
    )
  }
})
