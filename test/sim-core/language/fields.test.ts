// The object builder: keys are renamed with their unit, every mistake is found, unions report the branch that was meant.
import { expect, expectTypeOf, test } from 'vitest'
import { hasKey, isScalar, list, named, oneOf, when } from '../../../sim-core/language/collections.ts'
import type { OutputOf } from '../../../sim-core/language/field.ts'
import { mapped, optional, withDefault } from '../../../sim-core/language/field.ts'
import { camelCase, fields } from '../../../sim-core/language/fields.ts'
import { bytes, choice, count, duration, flag, rate, ratio, text } from '../../../sim-core/language/scalar-fields.ts'

const help = { help: 'Help.' }

const sample = fields(
  {
    acquire_timeout: withDefault(duration(help), '3s'),
    size: optional(bytes(help)),
    peak_rate: rate(help),
    share: ratio(help),
    p99_9: optional(duration(help)),
    on_timeout: choice(['recompute', 'fail'], help),
  },
  help,
)

test('keys become camelCase and end in their unit', () => {
  const parsed = sample.parse({ peak_rate: '5/s', share: '10%', on_timeout: 'fail', p99_9: '1s' })
  expect(parsed).toEqual({
    acquireTimeoutNs: 3e9,
    peakRatePerSecond: 5,
    shareRatio: 0.1,
    p99_9Ns: 1e9,
    onTimeout: 'fail',
  })
})

test('types follow the same rule', () => {
  expectTypeOf<OutputOf<typeof sample>>().toEqualTypeOf<{
    readonly acquireTimeoutNs: number
    readonly peakRatePerSecond: number
    readonly shareRatio: number
    readonly onTimeout: 'recompute' | 'fail'
    readonly sizeBytes?: number
    readonly p99_9Ns?: number
  }>()
  expect(camelCase('p99_9')).toBe('p99_9')
  expect(camelCase('max_in_flight')).toBe('maxInFlight')
})

test('every mistake is found at once, each at its own path', () => {
  const result = sample.safeParse({ peek_rate: '5/s', share: 0.1, on_timeout: 'giveup', size: -1 })
  const found = result.error?.issues.map((issue) => [
    issue.path.join('.'),
    issue.code === 'custom' ? issue.params?.['code'] : issue.code,
  ])
  expect(found).toEqual([
    ['size', 'missing-unit'],
    ['peak_rate', 'missing'],
    ['share', 'missing-unit'],
    ['on_timeout', 'unknown-name'],
    ['peek_rate', 'unknown-key'],
  ])
})

test('checks of several fields run when each is right, and tell their own place', () => {
  const window = fields(
    { min: count(help), max: count(help) },
    {
      ...help,
      check: ({ min, max }) =>
        min <= max ? [] : [{ code: 'contradiction', message: 'min > max', hint: 'swap', path: ['min'] }],
    },
  )
  expect(window.safeParse({ min: 3, max: 2 }).error?.issues).toMatchObject([
    { path: ['min'], params: { code: 'contradiction' } },
  ])
  expect(window.safeParse({ min: 3, max: 'x' }).error?.issues).toHaveLength(1)
  expect(window.parse({ min: 2, max: 3 })).toEqual({ min: 2, max: 3 })
})

const shaped = oneOf(
  [
    when(
      isScalar,
      '5s',
      mapped(duration(help), (ns) => ({ kind: 'plain' as const, ns })),
    ),
    when(
      hasKey('range'),
      '{ range: [1s, 2s] }',
      mapped(fields({ range: list(duration(help), help) }, help), ({ range }) => ({ kind: 'range' as const, range })),
    ),
  ],
  help,
)

test('a union validates the branch whose shape the input has', () => {
  expect(shaped.parse('5s')).toEqual({ kind: 'plain', ns: 5e9 })
  expect(shaped.parse({ range: ['1s'] })).toEqual({ kind: 'range', range: [1e9] })
  expect(shaped.safeParse({ range: ['1s', 2] }).error?.issues).toMatchObject([
    { path: ['range', 1], params: { code: 'missing-unit' } },
  ])
  expect(shaped.safeParse([]).error?.issues).toMatchObject([{ path: [], params: { code: 'wrong-type' } }])
})

test('names of the user are checked and kept as written', () => {
  const things = named(count(help), help)
  expect(things.parse({ my_thing2: 1 })).toEqual({ my_thing2: 1 })
  for (const bad of ['My', '2x', 'a-b', 'a b', '', 'a'.repeat(65)])
    expect(things.safeParse({ [bad]: 1 }).success).toBe(false)
})

test('numbers keep to their range, and a default is parsed like anything else', () => {
  const limited = count({ help: '', max: 10 })
  expect(limited.safeParse(11).error?.issues[0]).toMatchObject({
    params: { code: 'out-of-range', hint: 'allowed is from 1 to 10' },
  })
  expect(limited.safeParse(1.5).error?.issues[0]).toMatchObject({ params: { code: 'not-whole' } })
  expect(withDefault(limited, '1k').safeParse(undefined).success).toBe(false)
  expect(flag(help).safeParse('yes').success).toBe(false)
  expect(text(help).parse(12)).toBe('12')
})
