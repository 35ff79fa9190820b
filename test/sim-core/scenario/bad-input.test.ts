// Every mistake that a scenario can contain is told at its place, with how to mend it.
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import type { Problem } from '../../../sim-core/scenario/problem.ts'

const VALID = `version: 1
name: Base
run: { duration: 10m, warmup: 1m }
keys:
  products: { count: 1M, popularity: zipf(0.95), size: 2KB }
traffic:
  shoppers: { rate: 100/s, mix: { get: 60%, put: 40% } }
services:
  api:
    replicas: 2
    endpoints:
      get:
        steps:
          - cpu: exponential(2ms)
          - read: { cache: store, key: products, miss: { query: db.by_id } }
      put:
        steps: { call: { endpoint: stock.reserve, policy: patient } }
  stock:
    endpoints:
      reserve: { steps: [ { cpu: 1ms } ] }
caches:
  store: { tiers: [ { name: memory, capacity: 1000 } ] }
databases:
  db: { shards: { key: products, count: 4 }, classes: { by_id: { kind: read, demand: 1ms } } }
policies:
  patient: { timeout: 3s, retry: { attempts: 3, backoff: full_jitter } }
faults:
  - { at: 2m, for: 1m, slow: db.shard[3], by: 5x }
objectives: { p95: 200ms }
`

function problemsOf(text: string): readonly Problem[] {
  return parseScenario(text, 'f.yaml').problems
}

test('the base of these cases is right', () => {
  expect(problemsOf(VALID)).toEqual([])
})

/** What is replaced, by what, and the one problem that follows: line:column, code, path, part of the hint. */
const single: readonly (readonly [string, string, string, string, string, string])[] = [
  ['name: Base', 'nme: Base', '2:1', 'unknown-key', 'nme', 'did you mean name?'],
  ['duration: 10m', 'duration: 10', '3:18', 'missing-unit', 'run.duration', 'write for example 10s'],
  ['duration: 10m', 'duration: 10mn', '3:18', 'unknown-unit', 'run.duration', 'did you mean m?'],
  ['warmup: 1m', 'warmup: 10m', '3:31', 'contradiction', 'run.warmup', 'shorten it'],
  ['warmup: 1m', 'warmupp: 1m', '3:23', 'unknown-key', 'run.warmupp', 'did you mean warmup?'],
  ['count: 1M', 'count: 0', '5:22', 'out-of-range', 'keys.products.count', 'from 1 to'],
  ['zipf(0.95)', 'zipf(-1)', '5:38', 'out-of-range', 'keys.products.popularity', 'zipf(0.95)'],
  ['zipf(0.95)', 'zip(0.95)', '5:38', 'unknown-name', 'keys.products.popularity', 'zipf(0.95)'],
  ['size: 2KB', 'size: lognormal(mean 2KB, p99 1KB)', '5:56', 'bad-distribution', 'keys.products.size', 'constant'],
  ['rate: 100/s', 'rate: -5/s', '7:21', 'out-of-range', 'traffic.shoppers.rate', 'allowed is'],
  ['rate: 100/s', 'rate: 1000000M/s', '7:21', 'out-of-range', 'traffic.shoppers.rate', 'nanoseconds'],
  ['rate: 100/s', 'rate: 1e999/s', '7:21', 'not-a-number', 'traffic.shoppers.rate', 'range'],
  ['rate: 100/s', 'rate: .inf', '7:21', 'not-a-number', 'traffic.shoppers.rate', 'range'],
  ['rate: 100/s', 'rate: [1]', '7:21', 'wrong-type', 'traffic.shoppers.rate', '5000/s'],
  ['rate: 100/s, ', '', '7:3', 'missing', 'traffic.shoppers', 'rate: 100/s'],
  ['rate: 100/s', 'rate: 100/s, users: 5', '7:13', 'contradiction', 'traffic.shoppers', 'two sources'],
  ['get: 60%', 'get: 50%', '7:33', 'contradiction', 'traffic.shoppers.mix', '100% together'],
  ['get: 60%', 'get: 60', '7:33', 'contradiction', 'traffic.shoppers.mix', 'all of them with %'],
  ['get: 60%', 'gett: 60%', '7:35', 'unknown-reference', 'traffic.shoppers.mix.gett', 'did you mean get?'],
  ['replicas: 2', 'replicas: two', '10:15', 'not-a-number', 'services.api.replicas', 'example'],
  ['replicas: 2', 'replicas: 2.5', '10:15', 'not-whole', 'services.api.replicas', 'whole number'],
  ['replicas: 2', 'replicas: 1,000', '10:15', 'not-a-number', 'services.api.replicas', '1000000, 1e6 or 1M'],
  ['replicas: 2', 'replica: 2', '10:5', 'unknown-key', 'services.api.replica', 'did you mean replicas?'],
  ['replicas: 2', 'balancer: round_robbin', '10:15', 'unknown-name', 'services.api.balancer', 'round_robin'],
  ['replicas: 2', 'autoscaler: { kind: hpa, max: 3 }', '10:5', 'missing', 'services.api.autoscaler', 'cpu: 70%'],
  [
    'replicas: 2',
    'autoscaler: { kind: hpaa, max: 3 }',
    '10:25',
    'unknown-name',
    'services.api.autoscaler.kind',
    'did you mean hpa?',
  ],
  [
    'replicas: 2',
    'autoscaler: { kind: hpa, min: 5, max: 3, cpu: 70% }',
    '10:35',
    'contradiction',
    'services.api.autoscaler.min',
    'swap',
  ],
  [
    '- cpu: exponential(2ms)',
    '- cpuu: 2ms',
    '14:13',
    'unknown-key',
    'services.api.endpoints.get.steps[0].cpuu',
    'did you mean cpu?',
  ],
  ['- cpu: exponential(2ms)', '- cpu: 2', '14:18', 'missing-unit', 'services.api.endpoints.get.steps[0].cpu', '2s'],
  [
    '- cpu: exponential(2ms)',
    '- cpu: exponental(2ms)',
    '14:18',
    'unknown-name',
    'services.api.endpoints.get.steps[0].cpu',
    'did you mean exponential?',
  ],
  ['- cpu: exponential(2ms)', '- cpu', '14:13', 'wrong-type', 'services.api.endpoints.get.steps[0]', 'cpu: ...'],
  [
    '- cpu: exponential(2ms)',
    '- fail: 101%',
    '14:19',
    'out-of-range',
    'services.api.endpoints.get.steps[0].fail',
    '100%',
  ],
  [
    'cache: store',
    'cache: stor',
    '15:28',
    'unknown-reference',
    'services.api.endpoints.get.steps[1].read.cache',
    'did you mean store?',
  ],
  [
    'store, key: products',
    'store, key: product',
    '15:40',
    'unknown-reference',
    'services.api.endpoints.get.steps[1].read.key',
    'did you mean products?',
  ],
  [
    'query: db.by_id',
    'query: db.by_idd',
    '15:65',
    'unknown-reference',
    'services.api.endpoints.get.steps[1].read.miss.query',
    'did you mean db.by_id?',
  ],
  [
    'endpoint: stock.reserve',
    'endpoint: stok.reserve',
    '17:36',
    'unknown-reference',
    'services.api.endpoints.put.steps.call.endpoint',
    'did you mean stock.reserve?',
  ],
  [
    'policy: patient',
    'policy: patent',
    '17:59',
    'unknown-reference',
    'services.api.endpoints.put.steps.call.policy',
    'did you mean patient?',
  ],
  [
    'reserve: { steps: [ { cpu: 1ms } ] }',
    'reserve: { steps: { call: api.put } }',
    '20:33',
    'call-cycle',
    'services.stock.endpoints.reserve.steps.call',
    'remove one',
  ],
  ['capacity: 1000', 'capacity: 0', '22:47', 'out-of-range', 'caches.store.tiers[0].capacity', '1 to'],
  ['capacity: 1000', 'capacity: 5kb', '22:47', 'unknown-unit', 'caches.store.tiers[0].capacity', 'did you mean KB?'],
  [
    'tiers: [ { name: memory, capacity: 1000 } ]',
    'tiers: []',
    '22:19',
    'out-of-range',
    'caches.store.tiers',
    'at least 1 entry',
  ],
  ['capacity: 1000', 'capacity: 1000, servers: 2', '22:62', 'contradiction', 'caches.store.tiers[0].servers', 'demand'],
  ['count: 4', 'count: 0', '24:41', 'out-of-range', 'databases.db.shards.count', 'from 1 to'],
  ['kind: read', 'kind: raed', '24:72', 'unknown-name', 'databases.db.classes.by_id.kind', 'did you mean read?'],
  ['timeout: 3s', 'tiemout: 3s', '26:14', 'unknown-key', 'policies.patient.tiemout', 'did you mean timeout?'],
  [
    'backoff: full_jitter',
    'backoff: full_jiter',
    '26:58',
    'unknown-name',
    'policies.patient.retry.backoff',
    'did you mean full_jitter?',
  ],
  ['attempts: 3', 'attempts: 0', '26:46', 'out-of-range', 'policies.patient.retry.attempts', 'from 1 to'],
  ['slow: db.shard[3]', 'slow: db.instance[3]', '28:30', 'bad-target', 'faults[0].slow', 'db.shard[3]'],
  ['slow: db.shard[3]', 'slow: dbb', '28:30', 'unknown-reference', 'faults[0].slow', 'did you mean db?'],
  ['slow: db.shard[3]', 'slow: db.shard[4]', '28:30', 'out-of-range', 'faults[0].slow', '0 to 3'],
  ['by: 5x', 'by: 5', '28:47', 'missing-unit', 'faults[0].by', '5x'],
  ['slow: db.shard[3], by', 'slw: db.shard[3], by', '28:24', 'unknown-key', 'faults[0].slw', 'did you mean slow?'],
  ['p95: 200ms', 'p955: 200ms', '29:15', 'unknown-key', 'objectives.p955', 'did you mean p95?'],
  ['p95: 200ms', 'p95: 0s', '29:20', 'out-of-range', 'objectives.p95', 'more than 0s'],
  ['version: 1', 'version: 2', '1:10', 'unknown-version', 'version', 'version: 1'],
  ['version: 1\n', '', '1:1', 'missing', 'version', 'version: 1'],
  ['services:', 'serices:', '8:1', 'unknown-key', 'serices', 'did you mean services?'],
  ['  stock:', '  __proto__:', '18:3', 'forbidden-key', 'services.__proto__', 'another name'],
  ['  stock:', '  constructor:', '18:3', 'forbidden-key', 'services.constructor', 'another name'],
  ['  stock:', '  Stock:', '18:3', 'bad-id', 'services.Stock', 'lower-case'],
  ['replicas: 2', 'replicas: 2\n    replicas: 3', '11:5', 'duplicate-key', 'services.api.replicas', 'keep one'],
  ['replicas: 2', 'replicas: *two', '10:15', 'syntax', 'services.api.replicas', 'before its alias'],
]

test.each(single)('%s → %s', (from, to, place, code, path, hint) => {
  expect(VALID).toContain(from)
  const problems = problemsOf(VALID.replace(from, to))
  const found = problems.find((problem) => problem.code === code && problem.path === path)
  expect(found, JSON.stringify(problems, null, 1)).toBeDefined()
  expect(`${found?.line}:${found?.column}`).toBe(place)
  expect(found?.hint).toContain(hint)
  expect(found).toMatchObject({ file: 'f.yaml', severity: 'error' })
})

test('all kinds of problems come together, in the order of the file', () => {
  const text = VALID.replace('duration: 10m', 'duration: 10')
    .replace('rate: 100/s', 'rate: -1/s')
    .replace('query: db.by_id', 'query: db.by_idd')
    .replace('count: 4', 'count: 0')
    .replace('by: 5x', 'by: 5')
  const problems = problemsOf(text)
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [3, 'missing-unit'],
    [7, 'out-of-range'],
    [15, 'unknown-reference'],
    [24, 'out-of-range'],
    [28, 'missing-unit'],
  ])
})

test('a cause that nothing fails with is no cause to retry, unless a step names it', () => {
  const retried = VALID.replace('attempts: 3', 'attempts: 3, on: [timout, out_of_stock]')
  expect(problemsOf(retried)).toMatchObject([
    { line: 26, column: 54, path: 'policies.patient.retry.on[0]', hint: 'did you mean timeout?' },
    { line: 26, column: 62, path: 'policies.patient.retry.on[1]' },
  ])
  const named = retried
    .replace('timout', 'timeout')
    .replace('{ cpu: 1ms }', '{ repeat: { times: 2, steps: { fail: { share: 1%, cause: out_of_stock } } } }')
  expect(problemsOf(named)).toEqual([])
})

test('a cause that nothing fails with leads to no fallback, however deep the step stands', () => {
  const guarded = VALID.replace(
    '{ cpu: 1ms }',
    '{ repeat: { times: 2, steps: { try: { steps: { fail: { cause: sold_out } }, fallback: [], on: [sold_out, timout] } } } }',
  )
  expect(problemsOf(guarded)).toMatchObject([
    {
      line: 20,
      column: 132,
      code: 'unknown-reference',
      path: 'services.stock.endpoints.reserve.steps[0].repeat.steps.try.on[1]',
      hint: 'did you mean timeout?',
    },
  ])
  expect(problemsOf(guarded.replace('timout', 'timeout'))).toEqual([])
})

test('more measures than there are targets never say anything', () => {
  const scaled = VALID.replace(
    'replicas: 2',
    'autoscaler: { kind: threshold, max: 9, cpu: 60%, memory: 60%, up_count: 2, down_count: 3 }',
  )
  const problems = problemsOf(scaled.replace('memory: 60%, ', ''))
  expect(problems.map(({ line, column, path }) => [line, column, path])).toEqual([
    [10, 64, 'services.api.autoscaler.up_count'],
    [10, 79, 'services.api.autoscaler.down_count'],
  ])
  expect(problems[0]).toMatchObject({ code: 'contradiction', hint: expect.stringContaining('up_count: 1') as string })
  expect(problemsOf(scaled).map(({ path }) => path)).toEqual(['services.api.autoscaler.down_count'])
})

test('nobody is told about a count of measures that is not written: it follows the targets', () => {
  const countsOf = (targets: string): unknown => {
    const memory = 'memory: { size: 4GB, idle: 500MB, per_request: 2MB }'
    const text = VALID.replace('replicas: 2', `${memory}\n    autoscaler: { kind: threshold, max: 9, ${targets} }`)
    const { scenario, problems } = parseScenario(text, 'f.yaml')
    expect(problems).toEqual([])
    return scenario?.services['api']?.autoscaler?.config
  }
  expect(countsOf('cpu: 60%')).toMatchObject({ upCount: 1, downCount: 1 })
  expect(countsOf('cpu: 60%, response_time: 1s')).toMatchObject({ upCount: 2, downCount: 2 })
  expect(countsOf('cpu: 60%, memory: 60%, response_time: 1s')).toMatchObject({ upCount: 2, downCount: 3 })
  expect(countsOf('cpu: 60%, memory: 60%, down_count: 1')).toMatchObject({ upCount: 2, downCount: 1 })
})

describe('errors of syntax', () => {
  test('are told with what stands before them, and without what they may have caused', () => {
    const broken = VALID.replace('duration: 10m', 'duration: 10').replace('reserve: { steps:', 'reserve: { steps')
    const codes = problemsOf(broken).map(({ line, code }) => `${line} ${code}`)
    expect(codes).toContain('3 missing-unit')
    expect(codes.some((text) => text.endsWith('syntax'))).toBe(true)
    expect(codes.some((text) => text.endsWith('missing'))).toBe(false)
  })

  test('a tab is named as what it is', () => {
    expect(problemsOf('version: 1\nrun:\n\tduration: 1m')).toContainEqual(
      expect.objectContaining({ code: 'syntax', line: 3, column: 1, hint: 'indent with spaces' }),
    )
  })

  test('one document a file, and no tags', () => {
    expect(problemsOf('version: 1\n---\nversion: 1')).toContainEqual(
      expect.objectContaining({ code: 'syntax', line: 2 }),
    )
    expect(problemsOf(VALID.replace('name: Base', 'name: !!js/function Base'))).toContainEqual(
      expect.objectContaining({ code: 'syntax', line: 2, hint: expect.stringContaining('tag') as string }),
    )
  })
})

test('an endpoint that several services have must be qualified', () => {
  const twice = VALID.replace('      reserve:', '      get: { steps: [] }\n      reserve:')
  expect(problemsOf(twice)).toContainEqual(
    expect.objectContaining({ code: 'ambiguous-reference', hint: 'write api.get or stock.get' }),
  )
})

test('two words in one step', () => {
  const problems = problemsOf(VALID.replace('- cpu: exponential(2ms)', '- cpu: 2ms\n            delay: 1ms'))
  expect(problems).toMatchObject([
    { line: 15, column: 13, hint: 'one step has one word: start a new step with - delay:' },
  ])
})
