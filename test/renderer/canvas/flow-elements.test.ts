// What the canvas hands to its graph library: an order for the keyboard, words for screen readers, light on a way.
import { describe, expect, it } from 'vitest'
import { flowEdges, flowNodes } from '../../../renderer/canvas/flow-elements.ts'
import type { FlowInput } from '../../../renderer/canvas/flow-elements.ts'
import { placed } from '../../../renderer/canvas/placement.ts'
import { pathThrough, topologyOf } from '../../../renderer/canvas/topology.ts'
import { language } from '../../../renderer/stores/document-language.ts'

const topology = topologyOf(language, {
  services: {
    web: { replicas: 3, endpoints: { get: { steps: [{ call: { endpoint: 'api.get', policy: 'careful' } }] } } },
    api: { endpoints: { get: { steps: [] } } },
    other: { endpoints: { get: { steps: [] } } },
  },
  traffic: { users: { rate: '1/s', mix: { 'web.get': '100%' } } },
  policies: { careful: { timeout: '1s' } },
})

const input: FlowInput = {
  topology,
  positions: placed(topology, {}),
  mode: 'edit',
  figures: undefined,
  edgeFigures: undefined,
  problems: { 'services/web': 1 },
  selected: 'services/web',
  lit: null,
  dims: false,
}

describe('nodes of the canvas', () => {
  it('come from left to right', () => {
    const ids = flowNodes(input).map(({ id }) => id)
    expect(ids.indexOf('traffic/users')).toBeLessThan(ids.indexOf('services/web'))
    expect(ids.indexOf('services/web')).toBeLessThan(ids.indexOf('services/api'))
  })

  it('say what they are', () => {
    const web = flowNodes(input).find(({ id }) => id === 'services/web')
    expect(web).toMatchObject({ ariaLabel: 'Service web, 1 problem, replicas 3', selected: true, draggable: true })
  })

  it('say how they are while a run goes on, and stay where they are', () => {
    const figures = {
      utilisation: 0.9,
      figure: { text: '90', unit: '%' },
      figureLabel: 'busy',
      queued: 12,
      queueShare: 0.5,
      replicas: 3,
      replicasWanted: 4,
      trouble: null,
    }
    const web = flowNodes({ ...input, mode: 'live', problems: undefined, figures: { 'services/web': figures } }).find(
      ({ id }) => id === 'services/web',
    )
    expect(web).toMatchObject({ ariaLabel: 'Service web, 90 % busy, 12 waiting, 3 replicas', draggable: false })
  })
})

describe('edges of the canvas', () => {
  it('name both ends, the step and its policy', () => {
    expect(flowEdges(input).map(({ ariaLabel }) => ariaLabel)).toEqual([
      'users to web: mix',
      'web to api: call, under careful',
    ])
  })

  it('step back unless they lie on the way that is looked at', () => {
    const lit = pathThrough(topology, 'services/other', undefined)
    const lights = flowEdges({ ...input, lit, dims: true }).map(({ data }) => data?.light)
    expect(lights).toEqual(['dim', 'dim'])
    const way = pathThrough(topology, 'services/api', undefined)
    expect(flowEdges({ ...input, lit: way, dims: true }).map(({ data }) => data?.light)).toEqual(['lit', 'lit'])
  })
})
