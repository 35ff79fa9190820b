// Differences of scenarios are told where they are, once each.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { PlainValue } from '../../../sim-core/analysis/diff-documents.ts'
import { diffDocuments, textOf } from '../../../sim-core/analysis/diff-documents.ts'

function words(before: string, after: string): string[] {
  return diffDocuments(parse(before), parse(after)).map((change) => change.words)
}

describe('diffDocuments', () => {
  it('tells a change with its place', () => {
    expect(
      words('services: { order: { workers: { count: 64 } } }', 'services: { order: { workers: { count: 256 } } }'),
    ).toEqual(['services.order.workers.count: 64 → 256'])
  })

  it('tells what is new and what is gone, whole', () => {
    expect(words('a: 1\nb: { c: 2 }', 'a: 1\nd: [x, { e: 3 }]')).toEqual([
      'b: removed { c: 2 }',
      'd: added [x, { e: 3 }]',
    ])
  })

  it('sees one step put in as one difference', () => {
    const steps = (list: string): string => `steps: [${list}]`
    expect(
      words(steps('{ cpu: 1ms }, { delay: 2ms }'), steps('{ cpu: 1ms }, { query: db.read }, { delay: 2ms }')),
    ).toEqual(['steps[1]: added { query: db.read }'])
    expect(words(steps('{ cpu: 1ms }, { delay: 2ms }'), steps('{ cpu: 3ms }, { delay: 2ms }'))).toEqual([
      'steps[0].cpu: 1ms → 3ms',
    ])
    expect(words(steps('1, 2, 3'), steps('1, 3'))).toEqual(['steps[1]: removed 2'])
  })

  it('does not mind the order of keys, but minds kinds', () => {
    expect(words('{ a: 1, b: 2 }', '{ b: 2, a: 1 }')).toEqual([])
    expect(words('a: 1', 'a: [1]')).toEqual(['a: 1 → [1]'])
    expect(words('a: null', 'a: 0')).toEqual(['a: null → 0'])
    expect(words('__proto__: 1', 'constructor: 1')).toEqual(['__proto__: removed 1', 'constructor: added 1'])
  })

  it('cuts long values', () => {
    expect(textOf('x'.repeat(100))).toHaveLength(60)
  })

  it('finds nothing between equals, and nothing equal between others', () => {
    const document = fc.jsonValue() as fc.Arbitrary<PlainValue>
    fc.assert(
      fc.property(document, document, (a, b) => {
        expect(diffDocuments(a, structuredClone(a))).toEqual([])
        expect(diffDocuments(a, b).filter(({ before, after }) => before === after)).toEqual([])
      }),
    )
  })
})
