// Forms: what they show follows from fields and values alone, and every problem lands at its control.
import { describe, expect, it } from 'vitest'
import type { Form } from '../../../renderer/inspector/form-model.ts'
import { formAt, headForm, problemCount } from '../../../renderer/inspector/form-model.ts'
import type { Control } from '../../../renderer/inspector/form-types.ts'
import { languageOf } from '../../../renderer/stores/document-language.ts'
import { catalog } from '../../../sim-core/catalog.ts'
import { documentOf, layeredDocument, problemsOf, scenarioText } from './form-document.ts'

const language = languageOf(catalog)
const blackFriday = scenarioText('black-friday')

function form(text: string, path: readonly (string | number)[]): Form {
  const found = formAt(language, documentOf(text), path, problemsOf(text))
  if (found === undefined) throw new Error('no form')
  return found
}

function find(control: Control, pathText: string): Control {
  const found = every(control).findLast((one) => one.pathText === pathText)
  if (found === undefined) throw new Error(`no control at ${pathText}`)
  return found
}

function every(control: Control): Control[] {
  switch (control.kind) {
    case 'leaf':
      return [control]
    case 'group':
      return [control, ...control.controls.flatMap(every)]
    case 'named':
      return [control, ...control.entries.flatMap((entry) => every(entry.control))]
    case 'list':
      return [control, ...control.items.flatMap(every)]
    case 'one_of':
      return [control, ...(control.control === undefined ? [] : every(control.control))]
    case 'steps':
      return [control, ...control.steps.flatMap((step) => (step.control === undefined ? [] : every(step.control)))]
  }
}

describe('a service', () => {
  const { control } = form(blackFriday, ['services', 'order'])

  it('has the fields of its definition, with labels, values and defaults', () => {
    expect(control.kind === 'group' && control.controls.map(({ label }) => label)).toEqual([
      'Replicas',
      'Workers',
      'CPU',
      'Memory',
      'Network',
      'Balancer',
      'Autoscaler',
      'Endpoints',
    ])
    expect(find(control, 'services.order.replicas')).toMatchObject({ kind: 'leaf', value: 5, byDefault: '1' })
  })

  it('knows which way a value is written', () => {
    const workers = every(control).find(({ pathText }) => pathText === 'services.order.workers')
    expect(workers).toMatchObject({ kind: 'one_of', active: 2 })
    expect(workers?.kind === 'one_of' && workers.ways.map(({ title }) => title)).toEqual([
      'Unlimited',
      'Number',
      'With queue',
    ])
    expect(find(control, 'services.order.workers.queue.capacity')).toMatchObject({ value: 256, byDefault: 'unlimited' })
  })

  it('opens steps, and steps within steps', () => {
    const search = form(blackFriday, ['services', 'search']).control
    const steps = find(search, 'services.search.endpoints.search_products.steps')
    expect(steps.kind === 'steps' && steps.steps.map(({ word }) => word)).toEqual(['cpu', 'read'])
    const miss = find(search, 'services.search.endpoints.search_products.steps[1].read.miss')
    expect(miss.kind === 'steps' && miss.steps.map(({ word }) => word)).toEqual(['cpu', 'query'])
  })

  it('can be entered at any depth', () => {
    const deep = form(blackFriday, ['services', 'search', 'endpoints', 'search_products', 'steps', 1, 'read'])
    expect(deep.control).toMatchObject({ kind: 'group', label: 'Read' })
  })

  it('shows inputs with quantity, bounds and choices', () => {
    const leaf = find(form(blackFriday, ['caches', 'search_cache']).control, 'caches.search_cache.tiers[0].eviction')
    const options = leaf.kind === 'leaf' && leaf.input?.kind === 'choice' ? leaf.input.options : []
    expect(options.find(({ id }) => id === 'redis_allkeys_lru')?.source).toContain('Redis')
    const ttl = find(form(blackFriday, ['caches', 'search_cache']).control, 'caches.search_cache.tiers[0].ttl')
    expect(ttl).toMatchObject({ input: { kind: 'quantity', quantity: 'duration', bounds: { above: 0 } } })
  })
})

describe('problems', () => {
  it('stand at the field, also when it is missing or unknown', () => {
    const text = blackFriday
      .replace('replicas: 3\n', 'replicas: 3.5\n')
      .replace('workers: 64\n    cpu: 4\n    memory', 'wrokers: 64\n    cpu: 4 cores\n    memory')
    const found = form(text, ['services', 'catalog'])
    expect(found.problems.get('services.catalog.replicas')?.[0]?.message).toContain('not a whole number')
    expect(found.problems.get('services.catalog.cpu')?.[0]?.code).toBe('unknown-unit')
    expect(found.problems.get('services.catalog')?.[0]?.message).toContain('wrokers')
    expect(problemCount(found, 'services.catalog')).toBe(3)
    expect(problemCount(found, 'services.catalog.cpu')).toBe(1)
  })

  it('of other entries stay away', () => {
    const text = blackFriday.replace('replicas: 3\n', 'replicas: 3.5\n')
    expect(form(text, ['services', 'search']).problems.size).toBe(0)
  })
})

describe('bases', () => {
  const own = { services: { catalog: { replicas: 7 } } }
  const base = { services: { catalog: { replicas: 3, cpu: 4, endpoints: { get: { steps: [] } } } } }
  const found = formAt(language, layeredDocument(own, base), ['services', 'catalog'], [])

  it('are told from what the text says itself', () => {
    const control = found?.control
    if (control === undefined) throw new Error('no form')
    expect(find(control, 'services.catalog.replicas')).toMatchObject({ value: 7, origin: 'own', isOverride: true })
    expect(find(control, 'services.catalog.cpu')).toMatchObject({ value: 4, origin: 'base', isOverride: false })
    expect(find(control, 'services.catalog.memory')).toMatchObject({ origin: 'absent' })
  })
})

describe('what a text removes', () => {
  const base = { services: { catalog: { replicas: 3, memory: '8GB', endpoints: {} } } }
  const own = { extends: './base.yaml', services: { catalog: { memory: null } } }
  const document = layeredDocument(own, base)

  it('is absent, and can be taken back', () => {
    const control = formAt(language, document, ['services', 'catalog'], [])?.control
    if (control === undefined) throw new Error('no form')
    expect(find(control, 'services.catalog.memory')).toMatchObject({
      value: undefined,
      origin: 'own',
      isOverride: true,
    })
  })

  it('does not hide the file that it extends', () => {
    const merged = { ...document, value: { services: {} } }
    expect(find(headForm(language, merged, []).control, 'extends')).toMatchObject({ value: './base.yaml' })
  })
})

describe('the head of a scenario', () => {
  it('holds everything that belongs to no component', () => {
    const { control } = headForm(language, documentOf(blackFriday), problemsOf(blackFriday))
    expect(control.kind === 'group' && control.controls.map(({ path }) => path[0])).toEqual([
      'name',
      'question',
      'description',
      'extends',
      'tags',
      'run',
      'keys',
      'objectives',
      'vary',
    ])
  })
})

it('there is a form for every section of every shipped scenario', () => {
  for (const name of ['black-friday', 'mm1', 'mmc']) {
    const text = scenarioText(name)
    const document = documentOf(text)
    for (const { section } of catalog) {
      const entries = (document.value as Record<string, object>)[section.section] ?? {}
      for (const id of Object.keys(entries)) {
        const entry = form(text, [section.section, Array.isArray(entries) ? Number(id) : id])
        expect(every(entry.control).length).toBeGreaterThan(1)
        expect(entry.problems.size).toBe(0)
      }
    }
  }
})
