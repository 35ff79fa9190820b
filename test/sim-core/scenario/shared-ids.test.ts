// Results know components by their ids, so that no two may share one.
import { expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

const text = (cache: string, traffic: string): string => `version: 1
name: Names
run: { duration: 1m }
keys: { products: { count: 100, size: 1KB } }
traffic: { ${traffic}: { rate: 1/s, mix: { get: 100% } } }
services:
  shop: { endpoints: { get: { steps: { read: { cache: ${cache}, key: products, miss: { delay: 1ms } } } } } }
caches:
  ${cache}: { tiers: [ { name: memory, capacity: 10 } ] }
`

test('a cache with the name of a service is refused at its place', () => {
  expect(parseScenario(text('shop', 'clients'), 'f.yaml').problems).toMatchObject([
    { code: 'duplicate-key', path: 'caches.shop', line: 9, message: 'services has an entry "shop" already' },
  ])
})

test('traffic has no figures of its own, and may have the name of what it goes to', () => {
  expect(parseScenario(text('store', 'shop'), 'f.yaml').problems).toEqual([])
})
