// Every mistake that a balancer can be written with is told at its place, with how to mend it.
import { expect, test } from 'vitest'
import { parseScenario } from '../../../../sim-core/scenario/parse.ts'
import type { Problem } from '../../../../sim-core/scenario/problem.ts'

function problemsOf(balancer: string, replicas = 3, keys = 'keys: { clients: { count: 10 } }'): readonly Problem[] {
  const text = `version: 1
name: Base
run: { duration: 1m }
${keys}
traffic: { all: { rate: 1/s, mix: { get: 100% } } }
services:
  api:
    replicas: ${replicas}
    balancer: ${balancer}
    endpoints: { get: { steps: [{ cpu: 1ms }] } }
`
  return parseScenario(text, 'f.yaml').problems
}

test.each([
  'round_robin',
  '{ algorithm: ip_hash, key: clients }',
  '{ algorithm: power_of_two, choices: 3, replacement: true }',
  '{ algorithm: peak_ewma, decay: 5s, sticky: { key: clients }, ejection: {}, slow_start: { window: 30s }, zones: 3 }',
  '{ algorithm: round_robin, passive: {}, panic_threshold: 50%, discovery: { join: 5s, leave: 10s } }',
  '{ algorithm: maglev, key: clients, table_size: 101 }',
  '{ algorithm: first, max_connections: 8 }',
  '{ algorithm: haproxy_hash, key: clients, hash: djb2, mapping: consistent, avalanche: true, weights: [256, 1] }',
])('%s is right', (balancer) => {
  expect(problemsOf(balancer)).toEqual([])
})

/** What is written, then the one problem: line:column, code, path, parts of the message and of the hint. */
const wrong: readonly (readonly [string, string, string, string, string, string])[] = [
  ['round_robbin', '9:15', 'unknown-name', 'balancer', 'round_robbin', 'round_robin'],
  ['ip_hash', '9:5', 'missing', 'balancer', 'needs a key', 'key: clients'],
  ['{ algorithm: maglev }', '9:5', 'missing', 'balancer', 'needs a key', 'key: clients'],
  ['{ algorithm: hash, key: client }', '9:39', 'unknown-reference', 'balancer.key', 'client', 'did you mean clients?'],
  ['{ algorithm: random, key: clients }', '9:41', 'contradiction', 'balancer.key', 'does not look at keys', 'ip_hash'],
  [
    '{ algorithm: random, choices: 3 }',
    '9:45',
    'contradiction',
    'balancer.choices',
    'takes no choices',
    'power_of_two',
  ],
  ['{ algorithm: peak_ewma, decay: 5 }', '9:46', 'missing-unit', 'balancer.decay', 'unit', '5s'],
  ['{ algorithm: power_of_two, choices: 0 }', '9:51', 'out-of-range', 'balancer.choices', '0', 'from 1 to 64'],
  [
    '{ algorithm: maglev, key: clients, table_size: 100 }',
    '9:62',
    'out-of-range',
    'balancer.table_size',
    'prime',
    '101',
  ],
  [
    '{ algorithm: ring_hash, key: clients, ring_size: 64, ring_size_max: 32 }',
    '9:64',
    'contradiction',
    'balancer.ring_size',
    'above ring_size_max',
    'swap',
  ],
  [
    '{ algorithm: consistent_hash, key: clients, load_limit: 0.9x }',
    '9:71',
    'out-of-range',
    'balancer.load_limit',
    '0.9x',
    'more than 1x',
  ],
  [
    '{ algorithm: weighted_round_robin, weights: [0, 0, 0] }',
    '9:60',
    'out-of-range',
    'balancer.weights[0]',
    '0',
    'from 1',
  ],
  [
    '{ algorithm: weighted_random, weights: [1, 1, 1, 1] }',
    '9:54',
    'contradiction',
    'balancer.weights',
    '4 weights',
    'at most one',
  ],
  [
    '{ algorithm: random, weights: [1, 2, 3] }',
    '9:45',
    'contradiction',
    'balancer.weights',
    'does not look at weights',
    'weighted_random',
  ],
  ['first', '9:5', 'missing', 'balancer', 'unlimited workers', 'max_connections: 64'],
  [
    '{ algorithm: haproxy_roundrobin, weights: [1, 257] }',
    '9:61',
    'out-of-range',
    'balancer.weights[1]',
    'largest weight',
    '1 to 256',
  ],
  [
    '{ algorithm: consistent_hash, key: clients, weights: [1000000] }',
    '9:15',
    'too-large',
    'balancer',
    'too large a table',
    'smaller weights',
  ],
  [
    '{ algorithm: random, ejection: {}, passive: {} }',
    '9:59',
    'contradiction',
    'balancer.passive',
    'both',
    'one of them',
  ],
  ['{ algorithm: random, sticky: { duration: 1h } }', '9:36', 'missing', 'balancer.sticky.key', 'name', 'keys'],
  ['{ algorithm: random, slow_start: {} }', '9:36', 'missing', 'balancer.slow_start.window', 'duration', '250ms'],
  ['{ algorithm: random, zones: 1 }', '9:43', 'out-of-range', 'balancer.zones', '1', 'from 2'],
  ['{ algorithm: random, panic_threshold: 150% }', '9:53', 'out-of-range', 'balancer.panic_threshold', '150%', '100%'],
]

test.each(wrong)('%s', (balancer, position, code, path, message, hint) => {
  const found = problemsOf(balancer)
  const places = found.map((problem) => [`${problem.line}:${problem.column}`, problem.code, problem.path])
  expect(places.slice(0, 1)).toEqual([[position, code, `services.api.${path}`]])
  expect(found[0]!.message).toContain(message)
  expect(found[0]!.hint).toContain(hint)
})

test('each of several zeros is told', () => {
  expect(problemsOf('{ algorithm: weighted_random, weights: [0, 0, 0] }').map(({ path }) => path)).toEqual([
    'services.api.balancer.weights[0]',
    'services.api.balancer.weights[1]',
    'services.api.balancer.weights[2]',
  ])
})

test('where there are no keys at all, the hint says how to define some', () => {
  expect(problemsOf('ip_hash', 3, '')[0]!.hint).toContain('keys: { clients: { count: 10k } }')
})
