// Connecting and taking out on the canvas write what the language asks for, and leave a scenario without errors.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { topologyOf } from '../../../renderer/canvas/topology.ts'
import { analysed, emptyAnalysis } from '../../../renderer/stores/document-analysis.ts'
import { language } from '../../../renderer/stores/document-language.ts'
import { overridden } from '../../../renderer/stores/document-overrides.ts'
import type { DocumentChange } from '../../../renderer/stores/document-state.ts'
import { connection, waysToConnect } from '../../../renderer/views/design/connections.ts'
import { lineDiff, withoutUnchanged } from '../../../renderer/views/design/line-diff.ts'
import { removalOfEdge, removalOfEntry } from '../../../renderer/views/design/removal.ts'
import { tableRows } from '../../../renderer/views/design/table-rows.ts'

const text = readFileSync('scenarios/black-friday.yaml', 'utf8')
const { value } = analysed(text, 'a.yaml', {}, emptyAnalysis)
const topology = topologyOf(language, value)

function afterwards(changes: readonly DocumentChange[]) {
  const edited = changes.reduce((before, { path, value: part }) => overridden(before, null, path, part), text)
  return { edited, ...analysed(edited, 'a.yaml', {}, emptyAnalysis) }
}

function errorsOf(problems: readonly { readonly severity: string; readonly message: string }[]) {
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

describe('connecting', () => {
  it('a service to another: a call from one endpoint to another', () => {
    const ways = waysToConnect(language, value, 'services/search', 'services/inventory')
    expect(ways.map(({ word, from, to }) => [word, from, to])).toEqual([
      ['call', ['endpoints/search_products'], ['reserve']],
    ])
    const [way] = ways
    const made =
      way &&
      connection(language, value, 'services/search', 'services/inventory', {
        way,
        from: 'endpoints/search_products',
        to: 'reserve',
      })
    const { edited, problems } = afterwards(made === undefined ? [] : [made.change])
    expect(edited).toContain('          - call: inventory.reserve\n')
    expect(errorsOf(problems)).toEqual([])
    expect(made?.selection).toBe('services/search/endpoints/search_products/steps/2')
  })

  it('a service to a database and to a cache', () => {
    const words = (target: string) => waysToConnect(language, value, 'services/catalog', target).map(({ word }) => word)
    expect(words('databases/orders_db')).toEqual(['query'])
    expect(words('caches/search_cache')).toEqual(['read', 'write'])
  })

  it('traffic to a service: a share of its mix that leaves the others whole', () => {
    const [way] = waysToConnect(language, value, 'traffic/shoppers', 'services/inventory')
    expect(way).toMatchObject({ word: 'mix', kind: 'field', to: ['reserve'] })
    const made =
      way &&
      connection(language, value, 'traffic/shoppers', 'services/inventory', { way, from: undefined, to: 'reserve' })
    const { edited, problems } = afterwards(made === undefined ? [] : [made.change])
    expect(edited).toContain('process_payment: 2%, inventory.reserve: 0% }')
    expect(errorsOf(problems)).toEqual([])
  })

  it('nothing to what the language has no word for', () => {
    expect(waysToConnect(language, value, 'databases/orders_db', 'services/order')).toEqual([])
  })
})

describe('taking out', () => {
  it('a database takes the queries with it, and nothing refers to it any more', () => {
    const { changes, references } = removalOfEntry(language, value, ['databases', 'customer_db'])
    expect(references).toBe(1)
    const { edited, problems } = afterwards(changes)
    expect(edited).not.toContain('customer_db')
    expect(errorsOf(problems)).toEqual([])
  })

  it('a policy leaves the calls that it guarded', () => {
    const { edited, problems } = afterwards(removalOfEntry(language, value, ['policies', 'payment_call']).changes)
    expect(edited).toContain('- call: { endpoint: payment.process_payment }')
    expect(errorsOf(problems)).toEqual([])
  })

  it('a store behind a cache leaves an empty miss', () => {
    const { edited } = afterwards(removalOfEntry(language, value, ['databases', 'catalog_db']).changes)
    expect(edited).toContain('miss: [] }')
    expect(edited).not.toContain('catalog_db')
  })

  it('an edge takes its steps', () => {
    const edge = topology.edges.find(({ id }) => id === 'services/order>services/payment')
    const { edited, problems } = afterwards(edge === undefined ? [] : removalOfEdge(edge).changes)
    expect(edited).not.toContain('call: { endpoint: payment.process_payment')
    expect(errorsOf(problems)).toEqual([])
  })
})

describe('the table', () => {
  it('has every component with what it uses and who uses it', () => {
    const rows = tableRows(language, value, topology, [])
    const order = rows.find(({ id }) => id === 'services/order')
    expect(order?.uses.map((use) => use.text)).toEqual([
      'create_order: query customer_db',
      'create_order: call inventory.reserve',
      'create_order: call payment.process_payment',
      'create_order: query orders_db.insert',
    ])
    expect(order?.usedBy).toEqual(['shoppers'])
    expect(rows.find(({ id }) => id === 'policies/payment_call')).toMatchObject({
      isOnCanvas: false,
      usedBy: ['order'],
    })
  })
})

describe('the difference of two texts', () => {
  it('names the lines that changed', () => {
    const diff = lineDiff('a\nb\nc\nd', 'a\nB\nc\nd\ne')
    expect(diff.map(({ kind, text: line }) => `${kind} ${line}`)).toEqual([
      'same a',
      'removed b',
      'added B',
      'same c',
      'same d',
      'added e',
    ])
  })

  it('leaves out what is far from any change', () => {
    const diff = lineDiff('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\nsix')
    expect(withoutUnchanged(diff, 1).map((line) => line?.text ?? null)).toEqual([null, '5', '6', 'six'])
  })
})
