// Every mistake that a call policy can be written with is told at its place, with how to mend it.
import { expect, test } from 'vitest'
import { parseScenario } from '../../../../sim-core/scenario/parse.ts'
import type { Problem } from '../../../../sim-core/scenario/problem.ts'

function problemsOf(policy: string): readonly Problem[] {
  const text = `version: 1
name: Base
run: { duration: 1m }
traffic: { all: { rate: 1/s, mix: { get: 100% }, policy: patient } }
services:
  api:
    endpoints: { get: { steps: [{ cpu: 1ms }] } }
policies:
  patient: { ${policy} }
`
  return parseScenario(text, 'f.yaml').problems
}

test.each([
  'timeout: 1s, call_timeout: 5s, retry: { budget: { kind: aws, tokens: 5, cost: 5 } }, breaker: hystrix',
  'call_timeout: 1s, hedge: { after: 30ms }, bulkhead: { calls: 5, queue: 2, wait: 1s }, limit: { kind: leaky_bucket }',
  'breaker: { kind: opossum, failure_rate: 0% }, retry: { backoff: { kind: linear, initial: 20s } }',
])('%s is right', (policy) => {
  expect(problemsOf(policy)).toEqual([])
})

/** Parts of a policy, and the one problem of each: column, code, path, parts of the message and of the hint. */
const impossible: readonly (readonly [string, number, string, string, string, string])[] = [
  ['breaker: consecutiv', 23, 'unknown-name', 'breaker', 'consecutiv', 'did you mean consecutive?'],
  ['breaker: { kind: hystrx }', 31, 'unknown-name', 'breaker.kind', 'hystrx', 'did you mean hystrix?'],
  ['breaker: { kind: hystrix, calls: 5 }', 40, 'unknown-key', 'breaker.calls', 'calls', 'minimum_calls'],
  [
    'breaker: { kind: count_window, failure_rate: 0% }',
    59,
    'contradiction',
    'breaker.failure_rate',
    'always',
    'above 0%',
  ],
  ['breaker: { kind: time_window, slow_rate: 0% }', 55, 'contradiction', 'breaker.slow_rate', 'always', 'above 0%'],
  [
    'breaker: { kind: opossum, failure_rate: 100% }',
    54,
    'contradiction',
    'breaker.failure_rate',
    'never',
    'below 100%',
  ],
  [
    'breaker: { kind: envoy, open: 10m, open_max: 1m }',
    59,
    'contradiction',
    'breaker.open_max',
    '10m',
    'at least open',
  ],
  [
    'breaker: { kind: cockatiel_count, calls: 5, minimum_calls: 6 }',
    73,
    'contradiction',
    'breaker.minimum_calls',
    'never',
    'at most as many',
  ],
  ['limit: tokn_bucket', 21, 'unknown-name', 'limit', 'tokn_bucket', 'did you mean token_bucket?'],
  ['limit: { kind: token_bucket, rate: 0/s }', 49, 'out-of-range', 'limit.rate', '0/s', 'allowed is from'],
  ['limit: { kind: sliding_log, burst: 5 }', 42, 'unknown-key', 'limit.burst', 'burst', 'calls'],
  ['bulkhead: 0', 24, 'out-of-range', 'bulkhead', '0', 'from 1'],
  ['bulkhead: { calls: aimdd }', 33, 'unknown-name', 'bulkhead.calls', 'aimdd', 'did you mean aimd?'],
  ['bulkhead: { calls: 5, wait: 1s }', 42, 'contradiction', 'bulkhead.wait', 'no places', 'give queue'],
  ['retry: { budget: grcp }', 31, 'unknown-name', 'retry.budget', 'grcp', 'did you mean grpc?'],
  ['retry: { budget: 101% }', 31, 'out-of-range', 'retry.budget', '101%', '100%'],
  [
    'retry: { budget: { kind: aws, tokens: 5, cost: 6 } }',
    61,
    'contradiction',
    'retry.budget.cost',
    'no retry is ever made',
    'at most tokens',
  ],
  [
    'retry: { backoff: { kind: linear, initial: 30s } }',
    23,
    'contradiction',
    'retry.backoff.max',
    'above the longest one',
    'at least 30s',
  ],
  ['retry: { backoff: { kind: fixed, max: 3s } }', 47, 'unknown-key', 'retry.backoff.max', 'max', 'initial'],
  [
    'call_timeout: 1s, hedge: { after: 1s }',
    48,
    'contradiction',
    'hedge.after',
    'no hedge ever goes out',
    'shorter than call_timeout',
  ],
  ['hedge: { after: p42 }', 30, 'unknown-name', 'hedge.after', 'p42', 'p95'],
]

test.each(impossible)('%s', (part, column, code, path, message, hint) => {
  const problems = problemsOf(part)
  expect(problems).toMatchObject([{ line: 9, column, code, path: `policies.patient.${path}` }])
  expect(problems[0]!.message).toContain(message)
  expect(problems[0]!.hint).toContain(hint)
})

test('a fixed delay may be as long as one likes', () => {
  expect(problemsOf('retry: { backoff: { kind: fixed, initial: 1m } }')).toEqual([])
})
