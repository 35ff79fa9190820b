// Changes of one value leave every other character of a scenario where it was.
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { readYaml } from '../../../sim-core/scenario/yaml-source.ts'
import type { DocumentPath } from '../../../renderer/stores/document-path.ts'
import { isListValue, isMapValue, valueAt, withValueAt } from '../../../renderer/stores/document-path.ts'
import { changedText } from '../../../renderer/stores/document-text.ts'

const blackFriday = readFileSync('scenarios/black-friday.yaml', 'utf8')

function valueOf(text: string): JsonValue | undefined {
  const { source, problems } = readYaml(text, 'a.yaml')
  expect(problems).toEqual([])
  return source?.value
}

describe('changing one value', () => {
  it('replaces the characters of a number and no others', () => {
    const changed = changedText(blackFriday, ['services', 'catalog', 'replicas'], 12)
    expect(changed).toBe(blackFriday.replace('    replicas: 3\n    workers: 64', '    replicas: 12\n    workers: 64'))
  })

  it('replaces a term with commas between braces without quotes', () => {
    const path = ['databases', 'catalog_db', 'classes', 'product_by_id', 'demand']
    const changed = changedText(blackFriday, path, 'lognormal(mean 3ms, p99 9ms)')
    expect(changed).toBe(
      blackFriday.replace('demand: lognormal(mean 2ms, p99 9ms) }', 'demand: lognormal(mean 3ms, p99 9ms) }'),
    )
  })

  it('keeps the comment behind a changed value', () => {
    const path = ['services', 'payment', 'endpoints', 'process_payment', 'steps', 1, 'delay']
    expect(changedText(blackFriday, path, '1s')).toContain('          - delay: 1s # the card network\n')
  })

  it('writes only what differs of a whole map', () => {
    const path = ['services', 'catalog', 'autoscaler']
    const scaler = withValueAt(valueAt(valueOf(blackFriday), path), ['max'], 40) ?? null
    expect(changedText(blackFriday, path, scaler)).toBe(blackFriday.replace('min: 3, max: 20', 'min: 3, max: 40'))
  })

  it('adds to a map in one line, and to a map in a block', () => {
    expect(changedText(blackFriday, ['services', 'catalog', 'autoscaler', 'memory'], '80%')).toContain(
      'start: lognormal(mean 25s, p99 60s), memory: 80% }',
    )
    expect(changedText(blackFriday, ['services', 'catalog', 'network'], 'constant(1ms)')).toContain(
      '- read: { cache: product_cache, key: products, miss: { query: catalog_db.product_by_id } }\n    network: constant(1ms)\n\n  search:',
    )
  })

  it('adds an entry in the manner of its neighbours', () => {
    const service = {
      replicas: 2,
      workers: 64,
      endpoints: { get: { steps: [{ cpu: 'lognormal(mean 2ms, p99 9ms)' }] } },
    }
    const changed = changedText(blackFriday, ['services', 'cart'], service)
    expect(changed).toContain(`
          - query: { database: orders_db, class: record_payment, key: customers }

  cart:
    replicas: 2
    workers: 64
    endpoints:
      get:
        steps:
          - cpu: lognormal(mean 2ms, p99 9ms)

caches:`)
  })

  it('adds a step at the end and in the middle of a list', () => {
    const path = ['services', 'inventory', 'endpoints', 'reserve', 'steps']
    expect(changedText(blackFriday, [...path, 2], { call: 'payment.process_payment' })).toContain(
      '          - query: inventory_db.decrement\n          - call: payment.process_payment\n',
    )
    const steps = valueAt(valueOf(blackFriday), path)
    const [first, second] = isListValue(steps) ? steps : []
    const three = [first ?? null, { cpu: '1ms' }, second ?? null]
    expect(changedText(blackFriday, path, three)).toContain(
      'p99 8ms)\n          - cpu: 1ms\n          - query: inventory_db.decrement\n',
    )
  })

  it('takes an entry out with the comment that belongs to it', () => {
    const text = 'services:\n  # the shop\n  shop: { cpu: 1 }\n\n  # the till\n  till:\n    cpu: 2\n\ncaches: {}\n'
    expect(changedText(text, ['services', 'till'], undefined)).toBe(
      'services:\n  # the shop\n  shop: { cpu: 1 }\n\ncaches: {}\n',
    )
    expect(changedText(text, ['services', 'shop'], undefined)).toBe(
      'services:\n  # the till\n  till:\n    cpu: 2\n\ncaches: {}\n',
    )
  })

  it('leaves an empty map where the last entry goes', () => {
    expect(changedText('a:\n  b: 1\nc: 2\n', ['a', 'b'], undefined)).toBe('a: {}\nc: 2\n')
    expect(changedText('a: { b: 1 }\n', ['a', 'b'], undefined)).toBe('a: {}\n')
  })

  it('quotes what YAML would read otherwise', () => {
    expect(changedText('a: x\n', ['a'], 'true')).toBe('a: "true"\n')
    expect(changedText('a: { b: x }\n', ['a', 'b'], 'p, q')).toBe('a: { b: "p, q" }\n')
    expect(changedText('a: x\n', ['a'], '5')).toBe('a: "5"\n')
  })

  it('fills a key that has no value, and makes maps on the way', () => {
    expect(changedText('a:\nb: 1\n', ['a', 'c'], 2)).toBe('a: { c: 2 }\nb: 1\n')
    expect(changedText('b: 1\n', ['a', 'c'], 2)).toBe('b: 1\na: { c: 2 }\n')
    expect(changedText('', ['a'], 2).trim()).toBe('a: 2')
  })

  it('writes values out where an anchor would have to go', () => {
    const text = 'a: &x { k: 1 }\nb: *x\n'
    const changed = changedText(text, ['b', 'k'], 5)
    expect(valueOf(changed)).toEqual({ a: { k: 1 }, b: { k: 5 } })
  })
})

describe('any change of a shipped scenario', () => {
  const files = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'))
  const texts = files.map((name) => readFileSync(`scenarios/${name}`, 'utf8'))

  it.each(texts.map((text, index) => [files[index] ?? '', text]))('%s says what was asked for', (_, text) => {
    const value = valueOf(text) ?? null
    const paths = pathsIn(value)
    const parts = fc.constantFrom<JsonValue | undefined>(
      undefined,
      7,
      'exponential(3ms)',
      { a: 1, b: { c: 'x, y' } },
      [{ cpu: '1ms' }, { call: 'b.c' }],
      {},
      [],
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), parts, (path, part) => {
        expect(valueOf(changedText(text, path, part))).toEqual(withValueAt(value, path, part))
      }),
      { numRuns: 40 },
    )
  })
})

function pathsIn(value: JsonValue, path: DocumentPath = []): readonly DocumentPath[] {
  const parts: readonly (readonly [string | number, JsonValue])[] = isListValue(value)
    ? value.map((item, index) => [index, item] as const)
    : isMapValue(value)
      ? Object.entries(value)
      : []
  return parts.flatMap(([key, part]) => [[...path, key], ...pathsIn(part, [...path, key])])
}

describe('a scalar of a shipped scenario', () => {
  it('is changed in its own line and nowhere else', () => {
    const value = valueOf(blackFriday) ?? null
    const before = blackFriday.split('\n')
    const scalars = pathsIn(value).filter((path) => {
      const old = valueAt(value, path)
      // The description is written over several lines.
      return path[0] !== 'description' && !isMapValue(old) && !isListValue(old)
    })
    const comments = [...blackFriday.matchAll(/#.*$/gmu)].map(([comment]) => comment)
    const differing = scalars.map((path) => {
      const changed = changedText(blackFriday, path, 'changed')
      const after = changed.split('\n')
      const kept = comments.filter((comment) => changed.includes(comment)).length
      return [before.filter((line, index) => line !== after[index]).length, after.length, kept]
    })
    expect(differing).toEqual(scalars.map(() => [1, before.length, comments.length]))
  })
})
