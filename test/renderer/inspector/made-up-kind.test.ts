// A kind of component that the interface has never heard of appears everywhere by itself.
import { describe, expect, it } from 'vitest'
import { topologyOf } from '../../../renderer/canvas/topology.ts'
import { formAt } from '../../../renderer/inspector/form-model.ts'
import { inspected } from '../../../renderer/inspector/inspected.ts'
import { additionOf, paletteItems } from '../../../renderer/inspector/palette-model.ts'
import { stepWords } from '../../../renderer/inspector/field-at.ts'
import { languageOf } from '../../../renderer/stores/document-language.ts'
import { catalog } from '../../../sim-core/catalog.ts'
import { named, oneOf, isMap, isScalar, when } from '../../../sim-core/language/collections.ts'
import { optional, withDefault } from '../../../sim-core/language/field.ts'
import { fields } from '../../../sim-core/language/fields.ts'
import { choice, count, duration } from '../../../sim-core/language/scalar-fields.ts'
import type { SchemaContext } from '../../../sim-core/language/schema-context.ts'
import type { ComponentDefinition } from '../../../sim-core/model/component-definition.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { documentOf, scenarioText } from './form-document.ts'

/** A queue of messages, as nobody has built it yet. */
const mailbox: ComponentDefinition = {
  kind: 'mailbox',
  presentation: {
    label: 'Mailbox',
    icon: 'inbox',
    onCanvas: true,
    tab: { id: 'mailboxes', label: 'Mailboxes' },
    example: (names) => ({ depth: 100, consumer: names.ids('services')?.[0] ?? 'service' }),
  },
  section: {
    section: 'mailboxes',
    label: 'Mailboxes',
    help: 'Messages that wait for a service.',
    schema: (context: SchemaContext) =>
      named(
        fields(
          {
            depth: count({ max: 1000, help: 'Most messages that wait.' }),
            consumer: context.reference('services', 'Who takes them out.'),
            order: withDefault(choice(['oldest', 'newest'], { help: 'Which is taken first.' }), 'oldest'),
            age: optional(
              oneOf(
                [
                  when(isScalar, 'a duration', duration({ help: 'How old a message may be.' }), 'Fixed'),
                  when(
                    isMap,
                    '{ at_most: 5m }',
                    fields({ at_most: duration({ help: 'At most.' }) }, { help: 'Bounds.' }),
                    'Bounds',
                  ),
                ],
                { help: 'How old a message may be.' },
              ),
              'any age',
            ),
          },
          { help: 'A mailbox.' },
        ),
        { help: 'The mailboxes, by name.' },
      ),
    whenAbsent: {},
    steps: [
      {
        word: 'post',
        help: 'Puts a message into a mailbox and goes on.',
        schema: (context: SchemaContext) => context.reference('mailboxes', 'The mailbox.'),
      },
    ],
  },
  steps: { post: () => undefined },
  metrics: [{ id: 'waiting', label: 'Waiting', unit: 'messages', kind: 'gauge', help: 'Messages that wait.' }],
  compile: () => ({}),
  create: () => {
    throw new Error('nothing is run here')
  },
}

const language = languageOf([...catalog, mailbox])
const text = scenarioText('black-friday')
const withMailbox = documentOf(
  `${text.replace('- query: orders_db.insert', '- query: orders_db.insert\n          - post: receipts')}\nmailboxes:\n  receipts: { depth: 50, consumer: payment, age: 1h }\n`,
)

describe('a made-up kind', () => {
  it('stands in the palette, and is added with a name and a reference that fits', () => {
    expect(paletteItems(language).find(({ id }) => id === 'mailbox')).toMatchObject({
      label: 'Mailbox',
      icon: 'inbox',
      isOnCanvas: true,
      help: 'Messages that wait for a service.',
    })
    expect(additionOf(language, 'mailbox', documentOf(text).value)).toEqual({
      path: ['mailboxes', 'mailbox'],
      value: { depth: 100, consumer: 'catalog' },
      label: 'Add mailbox',
      selection: 'mailboxes/mailbox',
    })
  })

  it('is inspected with its own fields', () => {
    const shown = inspected(language, withMailbox, 'mailboxes/receipts', [])
    expect(shown).toMatchObject({ title: 'receipts', kindLabel: 'Mailbox', kind: 'mailbox', icon: 'inbox' })
    const { control } = shown.form
    expect(control.kind === 'group' && control.controls.map(({ label, kind }) => [label, kind])).toEqual([
      ['Depth', 'leaf'],
      ['Consumer', 'leaf'],
      ['Order', 'leaf'],
      ['Age', 'one_of'],
    ])
  })

  it('brings its steps', () => {
    expect(stepWords(language).map(({ word }) => word)).toContain('post')
    const form = formAt(language, withMailbox, ['services', 'order', 'endpoints', 'create_order', 'steps'], [])
    expect(form?.control.kind === 'steps' && form.control.steps.at(-1)).toMatchObject({
      word: 'post',
      control: { kind: 'leaf', input: { kind: 'reference', sections: ['mailboxes'] }, value: 'receipts' },
    })
  })

  it('is a node of the canvas, with edges to and from it', () => {
    const { nodes, edges } = topologyOf(language, withMailbox.value)
    expect(nodes.map(({ id }) => id)).toContain('mailboxes/receipts')
    const ends = edges.map(({ source, target }) => `${source} ${target}`)
    expect(ends).toContain('services/order mailboxes/receipts')
    expect(ends).toContain('mailboxes/receipts services/payment')
  })
})

describe('the palette', () => {
  const shipped = languageOf(catalog)
  const document = documentOf(text).value

  it('holds every kind of the catalogue, and populations of keys', () => {
    expect(paletteItems(shipped).map(({ id }) => id)).toEqual([...catalog.map(({ kind }) => kind), 'keys'])
  })

  it.each(paletteItems(shipped).map(({ id }) => id))('adds %s so that the scenario stays right', (id) => {
    const addition = additionOf(shipped, id, document)
    if (addition === undefined) throw new Error('nothing to add')
    const [section = '', name = ''] = addition.path
    const before = (document as Record<string, object>)[section]
    const entries = addition.path.length === 1 ? addition.value : { ...before, [name]: addition.value }
    const { problems } = parseScenario(JSON.stringify({ ...(document as object), [section]: entries }), 'test.yaml')
    expect(problems).toEqual([])
  })

  it('gives names that are free', () => {
    const taken = { services: { service: {}, service_2: {} } }
    expect(additionOf(shipped, 'service', taken)?.selection).toBe('services/service_3')
    expect(additionOf(shipped, 'fault', { faults: [{}] })?.path).toEqual(['faults', 1])
    expect(additionOf(shipped, 'nothing', document)).toBeUndefined()
  })
})

describe('what is inspected', () => {
  const shipped = languageOf(catalog)
  const document = documentOf(text)

  it('is the scenario itself when nothing is selected, or something that is not there', () => {
    expect(inspected(shipped, document, null, []).title).toBe('Black Friday')
    expect(inspected(shipped, document, 'services/nobody', []).path).toEqual(['services'])
  })

  it('is the innermost thing with a name around a field', () => {
    const pathOf = (selection: string) => inspected(shipped, document, selection, []).path.join('/')
    expect(pathOf('services/catalog/balancer/health/interval')).toBe('services/catalog')
    expect(pathOf('services/catalog/endpoints/get_product/steps/0/cpu')).toBe('services/catalog/endpoints/get_product')
    expect(pathOf('traffic/shoppers/rate/stages/1/to')).toBe('traffic/shoppers')
    expect(pathOf('traffic/shoppers/mix/get_product')).toBe('traffic/shoppers')
    expect(pathOf('caches/search_cache/tiers/0')).toBe('caches/search_cache')
    expect(pathOf('run/duration')).toBe('run')
    expect(pathOf('name')).toBe('')
  })

  it('has a way back up', () => {
    const { crumbs, title, parent } = inspected(shipped, document, 'services/catalog/endpoints/get_product', [])
    expect(title).toBe('get_product')
    expect(parent?.kind).toBe('named')
    expect(crumbs.map(({ label, selection }) => [label, selection])).toEqual([
      ['Black Friday', null],
      ['catalog', 'services/catalog'],
    ])
  })
})
