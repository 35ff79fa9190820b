// Edges go around nodes where there is a gap, and turn at right angles.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeRoute, routePath } from '../../../renderer/canvas/edge-route.ts'
import { NODE_HEIGHT, NODE_WIDTH } from '../../../renderer/canvas/placement.ts'

const middle = NODE_HEIGHT / 2

describe('the way of an edge', () => {
  it('is straight between nodes of one height', () => {
    expect(edgeRoute({ x: 0, y: 0 }, { x: 400, y: 0 }, [])?.points).toEqual([
      { x: NODE_WIDTH, y: middle },
      { x: 400, y: middle },
    ])
  })

  it('passes a node that stands in its way', () => {
    // Both ends are on the height of the node: the edge goes around it.
    const route = edgeRoute({ x: 0, y: 100 }, { x: 600, y: 100 }, [{ x: 300, y: 100 }])
    const levels = route?.points.map(({ y }) => y) ?? []
    expect(route?.points).toHaveLength(6)
    expect(Math.max(...levels) >= 100 + NODE_HEIGHT || Math.min(...levels) <= 100).toBe(true)
  })

  it('is left to the library where the target stands further left', () => {
    expect(edgeRoute({ x: 500, y: 0 }, { x: 0, y: 0 }, [])).toBeUndefined()
  })

  it('has only right angles, wherever nodes stand', () => {
    const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) })
    fc.assert(
      fc.property(point, point, fc.array(point, { maxLength: 6 }), (source, target, others) => {
        const points = edgeRoute(source, target, others)?.points ?? []
        const turns = points
          .slice(1)
          .map((end, index) => [end.x - (points[index]?.x ?? 0), end.y - (points[index]?.y ?? 0)])
        expect(turns.every(([dx, dy]) => dx === 0 || dy === 0)).toBe(true)
      }),
    )
  })

  it('rounds corners by no more than there is room for', () => {
    const route = {
      points: [
        { x: 0, y: 0 },
        { x: 4, y: 0 },
        { x: 4, y: 100 },
      ],
      label: { x: 0, y: 0 },
    }
    expect(routePath(route, 10)).toBe('M 0 0 L 2 0 Q 4 0 4 10 L 4 100')
  })
})
