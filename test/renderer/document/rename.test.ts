// A rename changes the name, everything that refers to it, and nothing else.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analysed, emptyAnalysis } from '../../../renderer/stores/document-analysis.ts'
import { language } from '../../../renderer/stores/document-language.ts'
import type { DocumentPath } from '../../../renderer/stores/document-path.ts'
import { renamed } from '../../../renderer/stores/document-rename.ts'

const files = Object.fromEntries(
  ['black-friday.yaml', 'black-friday-more-workers.yaml', 'black-friday-incident.yaml'].map((name) => [
    name,
    readFileSync(`scenarios/${name}`, 'utf8'),
  ]),
)
const blackFriday = files['black-friday.yaml'] ?? ''

function rename(text: string, path: DocumentPath, name: string, selection: string | null = null) {
  const { value, own, base } = analysed(text, 'a.yaml', files, emptyAnalysis)
  const layout = { [path.slice(0, 2).join('/')]: { x: 1, y: 2 } }
  return renamed(language, { text, value, own, base, layout, selection }, path, name)
}

function errorsOf(text: string) {
  return analysed(text, 'a.yaml', files, emptyAnalysis).problems.filter(({ severity }) => severity === 'error')
}

function changedLines(before: string, after: string): readonly string[] {
  const old = before.split('\n')
  return after.split('\n').filter((line, index) => line !== old[index])
}

describe('renaming', () => {
  it('a database: its key and its queries, in both ways to write one', () => {
    const { text } = rename(blackFriday, ['databases', 'orders_db'], 'ledger')
    expect(changedLines(blackFriday, text).map((line) => line.trim())).toEqual([
      '- query: ledger.insert',
      '- query: { database: ledger, class: record_payment, key: customers }',
      'ledger:',
    ])
    expect(errorsOf(text)).toEqual([])
  })

  it('a service: qualified names of its endpoints, but not bare ones', () => {
    const { text, layout, selection } = rename(
      blackFriday,
      ['services', 'payment'],
      'billing',
      'services/payment/endpoints/process_payment',
    )
    expect(text).toContain('call: { endpoint: billing.process_payment, policy: payment_call }')
    expect(text).toContain('create_order: 6%, process_payment: 2%')
    expect(layout).toEqual({ 'services/billing': { x: 1, y: 2 } })
    expect(selection).toBe('services/billing/endpoints/process_payment')
    expect(errorsOf(text)).toEqual([])
  })

  it('an endpoint: in the mix of the traffic and in calls', () => {
    const { text } = rename(blackFriday, ['services', 'payment', 'endpoints', 'process_payment'], 'pay')
    expect(changedLines(blackFriday, text)).toHaveLength(3)
    expect(text).toContain('create_order: 6%, pay: 2% }')
    expect(text).toContain('endpoint: payment.pay,')
    expect(errorsOf(text)).toEqual([])
  })

  it('a query class: also where it stands beside its database', () => {
    const { text } = rename(blackFriday, ['databases', 'orders_db', 'classes', 'record_payment'], 'settle')
    expect(text).not.toContain('record_payment')
    expect(text).toContain('- query: { database: orders_db, class: settle, key: customers }')
    expect(errorsOf(text)).toEqual([])
  })

  it('a population of keys, which is no component', () => {
    const { text } = rename(blackFriday, ['keys', 'customers'], 'buyers')
    expect(text).not.toContain('customers')
    expect(errorsOf(text)).toEqual([])
  })

  it('nothing, when the name is taken', () => {
    expect(rename(blackFriday, ['services', 'payment'], 'order').text).toBe(blackFriday)
  })

  it('an entry of a base: written into this text under its new name, taken away under the old one', () => {
    const text = files['black-friday-incident.yaml'] ?? ''
    const result = rename(text, ['services', 'catalog'], 'products_api').text
    const { value, problems } = analysed(result, 'a.yaml', files, emptyAnalysis)
    expect(problems).toEqual([])
    expect(Object.keys((value as { services: object }).services)).toContain('products_api')
    expect(Object.keys((value as { services: object }).services)).not.toContain('catalog')
    expect(result).toContain('kill: products_api')
  })

  it('a part of something struck by a fault', () => {
    const text = `${blackFriday}\nfaults:\n  - { at: 5m, for: 1m, slow: "orders_db.shard[3]", by: 2x }\n`
    expect(rename(text, ['databases', 'orders_db'], 'ledger').text).toContain('slow: ledger.shard[3]')
  })
})
