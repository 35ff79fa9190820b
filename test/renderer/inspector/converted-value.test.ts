// Switching between the ways to write a value keeps what fits, and every way can be started from nothing.
import { describe, expect, it } from 'vitest'
import { convertedValue } from '../../../renderer/inspector/converted-value.ts'
import { waysOf } from '../../../renderer/inspector/form-model.ts'
import { fieldAt, stepWords } from '../../../renderer/inspector/field-at.ts'
import { languageOf } from '../../../renderer/stores/document-language.ts'
import { starterOfWay, starterValue } from '../../../renderer/inspector/starter-value.ts'
import { catalog } from '../../../sim-core/catalog.ts'
import type { AnyField, JsonValue } from '../../../sim-core/language/field.ts'
import { namesIn } from '../../../sim-core/scenario/names.ts'
import { documentOf, scenarioText } from './form-document.ts'

const language = languageOf(catalog)
const { value: document } = documentOf(scenarioText('black-friday'))
const names = namesIn(document)

function fieldOf(path: readonly (string | number)[]): AnyField {
  const field = fieldAt(language, path, document)
  if (field === undefined) throw new Error('no field')
  return field
}

function converted(field: AnyField, value: JsonValue, title: string): JsonValue {
  const ways = waysOf(field)
  const to = ways.find((way) => way.title === title)
  if (to === undefined) throw new Error(`no way ${title} among ${ways.map((way) => way.title).join(', ')}`)
  return convertedValue(
    value,
    ways.find(({ matches }) => matches(value)),
    to,
    names,
  )
}

const step = (word: string): AnyField => {
  const found = stepWords(language).find((known) => known.word === word)
  if (found === undefined) throw new Error(word)
  return found.field
}

describe('the value goes along', () => {
  const service = ['services', 'catalog']
  it.each<[string, AnyField, JsonValue, string, JsonValue]>([
    ['cores', fieldOf([...service, 'cpu']), 4, 'Detailed', { cores: 4 }],
    ['cores back', fieldOf([...service, 'cpu']), { cores: 4, scheduling: 'fifo' }, 'Cores', 4],
    ['memory', fieldOf([...service, 'memory']), '8GB', 'Detailed', { size: '8GB' }],
    ['workers', fieldOf([...service, 'workers']), 64, 'With queue', { count: 64 }],
    ['unlimited', fieldOf([...service, 'workers']), 64, 'Unlimited', 'unlimited'],
    ['balancer', fieldOf([...service, 'balancer']), 'random', 'Detailed', { algorithm: 'random' }],
    ['network', fieldOf([...service, 'network']), '1ms', 'Per direction', { request: '1ms' }],
    ['network back', fieldOf([...service, 'network']), { request: '2ms' }, 'Both ways', '2ms'],
    ['call', step('call'), 'order.create_order', 'With policy', { endpoint: 'order.create_order' }],
    ['call back', step('call'), { endpoint: 'order.create_order', policy: 'x' }, 'Endpoint', 'order.create_order'],
    ['query', step('query'), 'orders_db.insert', 'With key', { database: 'orders_db', class: 'insert' }],
    [
      'query back',
      step('query'),
      { database: 'orders_db', class: 'insert', key: 'customers' },
      'Class',
      'orders_db.insert',
    ],
    ['failure', step('fail'), '1%', 'With cause', { share: '1%' }],
    [
      'rate',
      fieldOf(['traffic', 'shoppers', 'rate']),
      '900/s',
      'Daily curve',
      expect.objectContaining({ base: '900/s' }),
    ],
    ['rate back', fieldOf(['traffic', 'shoppers', 'rate']), { from: '900/s', stages: [] }, 'Constant', '900/s'],
    ['fault', fieldOf(['faults', 0]), { at: '20m', kill: 'order' }, 'Restore', { at: '20m', restore: 'catalog' }],
  ])('%s', (_, field, value, title, expected) => {
    expect(converted(field, value, title)).toEqual(expected)
  })
})

describe('a start from nothing', () => {
  it('is right for every way to write every value of every section', () => {
    const seen: string[] = []
    const visit = (field: AnyField, name: string, depth: number): void => {
      if (depth > 9) return
      const { structure } = field.field
      if (structure.kind === 'fields')
        for (const [key, part] of Object.entries(structure.shape)) visit(part, `${name}.${key}`, depth + 1)
      if (structure.kind === 'named' || structure.kind === 'list') visit(structure.item, `${name}[]`, depth + 1)
      for (const way of waysOf(field)) {
        seen.push(`${name}:${way.title}`)
        expect(way.matches(starterOfWay(way, names)), `${name}: ${way.title}`).toBe(true)
        visit(way.field, `${name}:${way.title}`, depth + 1)
      }
    }
    visit(language.root, '', 0)
    for (const { word, field } of stepWords(language)) visit(field, word, 0)
    expect(seen.length).toBeGreaterThan(50)
  })

  it('makes steps and entries that the language accepts', () => {
    for (const { word, field } of stepWords(language)) {
      expect(field.safeParse(starterValue(field, names)).success, word).toBe(true)
    }
    for (const path of [
      ['databases', 'x', 'classes', 'y'],
      ['keys', 'x'],
      ['caches', 'search_cache', 'tiers', 0],
    ]) {
      const field = fieldOf(path)
      expect(field.safeParse(starterValue(field, names)).success, path.join('.')).toBe(true)
    }
  })
})
