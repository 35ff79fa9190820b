// Requests that wait for themselves: each circle is told once, at a step that closes it, and nobody else is blamed.
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

/** A scenario with these endpoints of `api` and `web`, a cache and a network. */
function scenario(api: object, web: object = {}, cache: object = { stampede: 'single_flight' }, cdn: object = {}) {
  const endpoints = (steps: object) =>
    Object.fromEntries(Object.entries(steps).map(([id, each]) => [id, { steps: each }]))
  return {
    version: 1,
    name: 'Circles',
    run: { duration: '1m' },
    keys: { products: { count: 100 } },
    traffic: { all: { rate: '10/s', mix: { [`api.${Object.keys(api)[0]}`]: '100%' } } },
    services: { api: { endpoints: endpoints(api) }, web: { endpoints: { idle: { steps: [] }, ...endpoints(web) } } },
    caches: {
      store: { tiers: [{ name: 'redis', capacity: 10 }], ...cache },
      other: { tiers: [{ name: 'redis', capacity: 10 }], stampede: 'single_flight' },
    },
    cdns: {
      edge: {
        locations: { here: { at: [0, 0] } },
        clients: { all: { at: [1, 1], share: '100%' } },
        origin: { at: [2, 2] },
        capacity: 10,
        ttl: '1m',
        ...cdn,
      },
    },
  }
}

function problemsOf(...parts: Parameters<typeof scenario>) {
  return parseScenario(JSON.stringify(scenario(...parts)), 'f.yaml').problems
}

/** Code, severity and path of every problem. */
function told(...parts: Parameters<typeof scenario>) {
  return problemsOf(...parts).map(({ code, severity, path }) => [code, severity, path])
}

const wait = { delay: '1ms' }
const read = (miss: object, cache = 'store') => ({ read: { cache, key: 'products', miss } })
const fetch = (origin: object) => ({ fetch: { cdn: 'edge', key: 'products', origin } })
const LOCK = { stampede: 'lock' }
const AT = (path: string) => `services.api.endpoints.${path}`

describe('loads', () => {
  test('an innocent read of the same keys through the same cache is not blamed', () => {
    const api = { get: [wait, read([wait, read(wait)])], other: [read(wait)] }
    expect(told(api)).toEqual([['contradiction', 'error', AT('get.steps[1].read.miss[1].read')]])
    expect(told({ other: api.other, get: api.get })).toEqual(told(api))
  })

  test('by way of a call, the step in the miss is told, not the read of the endpoint that is called', () => {
    const api = { get: [read({ call: 'web.find' })] }
    const web = { find: [read(wait)] }
    const [problem, ...others] = problemsOf(api, web)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ code: 'contradiction', path: AT('get.steps[0].read.miss.call') })
    expect(problem?.message).toContain('products through store → web.find → products through store')
    expect(problem?.hint).not.toContain('lock')
  })

  test('of several caches, within one another', () => {
    const api = { get: [read(read(read(wait), 'other'))] }
    expect(told(api)).toEqual([['contradiction', 'error', AT('get.steps[0].read.miss.read.miss.read')]])
    expect(told(api, {}, { stampede: 'none' })).toEqual([])
  })

  test('a lock between two reads of one load makes it end no sooner', () => {
    const api = { get: [read(read(read(wait, 'other')), 'other')] }
    expect(told(api, {}, LOCK)).toEqual([['contradiction', 'error', AT('get.steps[0].read.miss.read.miss.read')]])
  })
})

describe('locks', () => {
  test.each([[LOCK], [{ stampede: { lock: { wait: '1s', on_timeout: 'fail' } } }]])('%j is a warning', (cache) => {
    const warning = (path: string) => [['lock-circle', 'warning', AT(path)]]
    expect(told({ get: [read([wait, read(wait)])], other: [read(wait)] }, {}, cache)).toEqual(
      warning('get.steps[0].read.miss[1].read'),
    )
    expect(told({ get: [read({ call: 'web.find' })] }, { find: read(wait) }, cache)).toEqual(
      warning('get.steps[0].read.miss.call'),
    )
  })

  test('that each instance has are no concern of other services', () => {
    const tiers = [
      { name: 'redis', capacity: 10 },
      { name: 'own', capacity: 10, scope: 'replica' },
    ]
    for (const cache of [{ stampede: { lock: { scope: 'local' } } }, { ...LOCK, tiers }]) {
      expect(told({ get: [read({ call: 'web.find' })] }, { find: read(wait) }, cache)).toEqual([])
      expect(told({ get: [read({ call: 'api.find' })], find: read(wait) }, {}, cache)).toHaveLength(1)
    }
  })

  test('however many there are, are no error', () => {
    const api = { get: Array.from({ length: 300 }, () => read(read(wait))) }
    const { scenario: spec, problems } = parseScenario(JSON.stringify(scenario(api, {}, LOCK)), 'f.yaml')
    expect(spec).toBeDefined()
    expect(problems).toHaveLength(200)
    expect(problems.at(-1)).toMatchObject({ code: 'more', severity: 'warning' })
  })
})

describe('a circle of several kinds is told once', () => {
  test('calls and a fetch', () => {
    const [problem, ...others] = problemsOf(
      { get: [wait, fetch([wait, { call: 'web.find' }])] },
      { find: { call: 'api.get' } },
    )
    expect(others).toEqual([])
    expect(problem).toMatchObject({ code: 'fetch-cycle', path: AT('get.steps[1].fetch.origin[1].call') })
    expect(problem?.message).toContain('api.get → edge → web.find → api.get')
  })

  test('calls and a read', () => {
    const parts = [{ get: [read({ call: 'web.find' })] }, { find: { call: 'api.get' } }] as const
    expect(told(...parts)).toEqual([['contradiction', 'error', AT('get.steps[0].read.miss.call')]])
    // A lock changes nothing about calls that never end.
    expect(told(...parts, LOCK).map(([code]) => code)).toEqual(['call-cycle'])
  })

  test('a read and a fetch, in two endpoints', () => {
    const parts = [{ get: [read(fetch(wait))] }, { find: [fetch(read(wait))] }] as const
    expect(told(...parts)).toEqual([['contradiction', 'error', AT('get.steps[0].read.miss.fetch')]])
    expect(told(...parts, LOCK)).toEqual([['lock-circle', 'warning', AT('get.steps[0].read.miss.fetch')]])
  })
})

test.each([true, false])('an origin that fetches from its own network is refused, collapse %s', (collapse) => {
  const [problem, ...others] = problemsOf({ get: [fetch(fetch(wait))] }, {}, {}, { collapse })
  expect(others).toEqual([])
  expect(problem).toMatchObject({ code: 'fetch-cycle', path: AT('get.steps[0].fetch.origin.fetch') })
  expect(problem?.hint).not.toContain('for ever')
})

test('circles of calls are told beside mistakes of other kinds, those of reads only without them', () => {
  const text = JSON.stringify(scenario({ get: [read(read(wait)), { call: 'api.get' }] }))
  const codes = (source: string) => parseScenario(source, 'f.yaml').problems.map(({ code }) => code)
  expect(codes(text)).toEqual(['contradiction', 'call-cycle'])
  expect(codes(text.replace('"1m"', '"1"'))).toEqual(['missing-unit', 'call-cycle'])
  expect(codes(text.replaceAll('"store"', '"toString"').replace('"1m"', '"1"'))).toContain('call-cycle')
})
