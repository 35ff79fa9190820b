// Nodes stay where the user put them; the others stand beside what they belong to and cover nothing.
import { describe, expect, it } from 'vitest'
import { NODE_HEIGHT, NODE_WIDTH, fromLeftToRight, inReadingOrder, placed } from '../../../renderer/canvas/placement.ts'
import { topologyOf } from '../../../renderer/canvas/topology.ts'
import { language } from '../../../renderer/stores/document-language.ts'

const steps = (...list: readonly Record<string, string>[]) => ({ endpoints: { get: { steps: list } } })
const shop = {
  traffic: { users: { rate: '1/s', mix: { 'web.get': '100%' } } },
  services: { web: steps({ call: 'api.get' }), api: steps({ query: 'db.read' }) },
  databases: { db: { classes: { read: { kind: 'read', demand: '1ms' } } } },
}
const topology = topologyOf(language, shop)

describe('placement', () => {
  it('goes from traffic on the left to storage on the right', () => {
    const at = fromLeftToRight(topology)
    const xs = ['traffic/users', 'services/web', 'services/api', 'databases/db'].map(
      (id) => at.get(id)?.x ?? Number.NaN,
    )
    expect(xs).toEqual(xs.toSorted((a, b) => a - b))
    expect(new Set(xs).size).toBe(4)
  })

  it('leaves kept positions alone and puts new nodes where they cover none', () => {
    const kept = {
      'traffic/users': { x: 500, y: 40 },
      'services/web': { x: 800, y: 40 },
      'databases/db': { x: 1_080, y: 40 },
    }
    const positions = placed(topology, kept)
    expect(positions).toMatchObject(kept)
    const all = Object.entries(positions)
    for (const [id, a] of all) {
      for (const [other, b] of all) {
        if (id === other) continue
        expect(Math.abs(a.x - b.x) >= NODE_WIDTH || Math.abs(a.y - b.y) >= NODE_HEIGHT).toBe(true)
      }
    }
  })

  it('is visited by the keyboard from left to right', () => {
    const positions = { a: { x: 300, y: 0 }, b: { x: 0, y: 200 }, c: { x: 10, y: 0 } }
    expect(inReadingOrder(['a', 'b', 'c'], positions)).toEqual(['c', 'b', 'a'])
  })
})
