// Completion knows the place of the cursor in half-typed text, and what the language has for that place.
import { describe, expect, it } from 'vitest'
import { contextAt } from '../../../renderer/views/design/completion-context.ts'
import { offersAt } from '../../../renderer/views/design/completions.ts'
import { language } from '../../../renderer/stores/document-language.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'

const document: JsonValue = {
  services: {
    shop: { balancer: 'random', endpoints: { get: { steps: [{ cpu: '1ms' }] } } },
    stock: { endpoints: { reserve: { steps: [] } } },
  },
  caches: { near: { tiers: [{ name: 'redis' }] } },
  policies: { careful: { timeout: '1s' } },
}

/** The context at the bar in a text. */
function at(marked: string) {
  const offset = marked.indexOf('|')
  return contextAt(marked.replace('|', ''), offset)
}

function labelsAt(marked: string): readonly string[] {
  const context = at(marked)
  return context === undefined ? [] : offersAt(language, document, context).map(({ label }) => label)
}

describe('the place of the cursor', () => {
  it.each([
    ['se|', [], 'key', 'se'],
    ['services:\n  shop:\n    |', ['services', 'shop'], 'key', ''],
    ['services:\n  shop:\n    cpu: 4\n    repl|', ['services', 'shop'], 'key', 'repl'],
    ['services:\n  shop:\n    balancer: ra|', ['services', 'shop', 'balancer'], 'value', 'ra'],
    ['services:\n  shop:\n    cpu: 1\n  |', ['services'], 'key', ''],
    ['a:\n  steps:\n    - cpu: 1ms\n    - |', ['a', 'steps', 1], 'key', ''],
    ['a:\n  steps:\n    - cpu: 1ms\n    - call: sh|', ['a', 'steps', 1, 'call'], 'value', 'sh'],
    ['a:\n  steps:\n    - read:\n        cache: x\n        |', ['a', 'steps', 0, 'read'], 'key', ''],
    ['a:\n- b: 1\n- c: |', ['a', 1, 'c'], 'value', ''],
    ['a: { b: 1, |', ['a'], 'key', ''],
    ['a: { b: { c: |', ['a', 'b', 'c'], 'value', ''],
    ['a: { b: f(1, 2), c: [x, y|', ['a', 'c', 1], 'value', 'y'],
    ['  x: 1\na:\n  # text: here\n  |', ['a'], 'key', ''],
  ])('%j', (marked, path, expects, prefix) => {
    expect(at(marked)).toMatchObject({ path, expects, prefix })
  })

  it('is nowhere in a comment', () => {
    expect(at('a: 1 # see |')).toBeUndefined()
  })
})

describe('what is offered', () => {
  it('sections at the top, those that are there left out', () => {
    const labels = labelsAt('|')
    expect(labels).toContain('databases')
    expect(labels).not.toContain('services')
  })

  it('keys of an entry that it does not have yet', () => {
    const labels = labelsAt('services:\n  shop:\n    |')
    expect(labels).toContain('autoscaler')
    expect(labels).not.toContain('balancer')
  })

  it('algorithms by name, with their help', () => {
    const context = at('services:\n  shop:\n    balancer: |')
    const offers = context === undefined ? [] : offersAt(language, document, context)
    const found = offers.find(({ label }) => label === 'power_of_two')
    expect(found?.help).toMatch(/\w{3}/u)
  })

  it('step words in a list of steps, and inside a step its keys', () => {
    const steps = 'services:\n  shop:\n    endpoints:\n      get:\n        steps:\n          - '
    expect(labelsAt(`${steps}|`)).toEqual(expect.arrayContaining(['cpu', 'call', 'query', 'read']))
    expect(labelsAt(`${steps}read: { |`)).toEqual(['cache', 'key', 'miss'])
    expect(labelsAt(`${steps}read: { cache: |`)).toEqual(['near'])
  })

  it('endpoints for a call, in both ways to write one', () => {
    const call = 'services:\n  shop:\n    endpoints:\n      get:\n        steps:\n          - call: '
    expect(labelsAt(`${call}|`)).toContain('stock.reserve')
    expect(labelsAt(`${call}{ endpoint: stock.reserve, policy: |`)).toEqual(['careful'])
  })
})
