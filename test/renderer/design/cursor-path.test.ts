// The cursor of the text editor and the selection of the other panes are two ways to name one thing.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pathAtOffset, pathOfProblem, rangeOfPath } from '../../../renderer/views/design/cursor-path.ts'

const text = readFileSync('scenarios/black-friday.yaml', 'utf8')

describe('the path at a place', () => {
  it.each([
    ['replicas: 5', ['services', 'order', 'replicas']],
    ['class: record_payment', ['services', 'payment', 'endpoints', 'process_payment', 'steps', 2, 'query', 'class']],
    ['ttl_jitter: 10%, latency: lognormal(mean 0.6ms', ['caches', 'product_cache', 'tiers', 1, 'ttl_jitter']],
    ['count: 1M', ['keys', 'products', 'count']],
  ])('of %s', (part, path) => {
    expect(pathAtOffset(text, text.indexOf(part) + 2)).toEqual(path)
  })

  it('is empty before everything', () => {
    expect(pathAtOffset(text, 0)).toEqual([])
  })
})

describe('the place of a path', () => {
  it('is its key', () => {
    const range = rangeOfPath(text, ['services', 'payment', 'cpu'])
    expect(range && text.slice(range.from - 31, range.to)).toContain('capacity: 256 } }\n    cpu')
  })

  it('is the item of a list, without the lines behind it', () => {
    const range = rangeOfPath(text, ['services', 'inventory', 'endpoints', 'reserve', 'steps', 1])
    expect(range && text.slice(range.from, range.to)).toBe('query: inventory_db.decrement')
  })

  it('is that of what holds it, where the text does not write it', () => {
    const range = rangeOfPath(text, ['services', 'payment', 'network'])
    expect(range && text.slice(range.from, range.to)).toBe('payment')
    expect(rangeOfPath('extends: a.yaml\n', ['services', 'x'])).toBeUndefined()
  })
})

describe('the path of a problem', () => {
  it('is read from how problems write it', () => {
    const problem = { code: '', severity: 'error', file: '', line: 1, column: 1, message: '', hint: '' } as const
    expect(pathOfProblem({ ...problem, path: 'services.shop.endpoints.get.steps[2].call' })).toEqual([
      'services',
      'shop',
      'endpoints',
      'get',
      'steps',
      2,
      'call',
    ])
    expect(pathOfProblem({ ...problem, path: '' })).toEqual([])
    expect(pathOfProblem({ ...problem, path: 'traffic.shoppers.mix."shop.get"' })).toEqual([
      'traffic',
      'shoppers',
      'mix',
      'shop.get',
    ])
  })
})
