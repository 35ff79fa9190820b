// The picture of a scenario follows from the catalogue alone: every shipped scenario, and a kind that does not exist.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { languageOf, language } from '../../../renderer/stores/document-language.ts'
import { analysed, emptyAnalysis } from '../../../renderer/stores/document-analysis.ts'
import { pathThrough, topologyOf } from '../../../renderer/canvas/topology.ts'
import { catalog } from '../../../sim-core/catalog.ts'
import { madeUpKind } from './made-up-kind.ts'

const bases = Object.fromEntries(
  readdirSync('scenarios')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(`scenarios/${name}`, 'utf8')]),
)

function topologyOfFile(name: string) {
  return topologyOf(language, analysed(bases[name] ?? '', name, bases, emptyAnalysis).value)
}

function arrows(name: string): readonly string[] {
  return topologyOfFile(name)
    .edges.map(({ source, target, uses, badges }) => {
      const words = uses.map(({ word }) => word).join('+')
      const named = badges.map((badge) => badge.name).join('+')
      return `${source} -${words}-> ${target}${named === '' ? '' : ` [${named}]`}`
    })
    .toSorted()
}

const blackFriday = [
  'services/catalog -query-> databases/catalog_db',
  'services/catalog -read-> caches/product_cache',
  'services/inventory -query-> databases/inventory_db',
  'services/order -call-> services/inventory [inventory_call]',
  'services/order -call-> services/payment [payment_call]',
  'services/order -query-> databases/customer_db',
  'services/order -query-> databases/orders_db',
  'services/payment -query-> databases/orders_db',
  'services/search -query-> databases/catalog_db',
  'services/search -read-> caches/search_cache',
  'traffic/shoppers -mix-> services/catalog',
  'traffic/shoppers -mix-> services/order',
  'traffic/shoppers -mix-> services/payment',
  'traffic/shoppers -mix-> services/search',
]

describe('the topology of the shipped scenarios', () => {
  it.each(['black-friday.yaml', 'black-friday-more-workers.yaml', 'black-friday-incident.yaml'])('%s', (name) => {
    expect(arrows(name)).toEqual(blackFriday)
    expect(topologyOfFile(name).nodes).toHaveLength(12)
  })

  it('of the queues', () => {
    expect(arrows('mm1.yaml')).toEqual(['traffic/customers -mix-> services/server'])
    expect(arrows('mmc.yaml')).toEqual([
      'traffic/customers -mix-> services/pool',
      'traffic/others -mix-> services/separate',
    ])
  })

  it('knows which endpoint uses which', () => {
    const order = topologyOfFile('black-friday.yaml').edges.find(({ target }) => target === 'services/inventory')
    expect(order?.uses).toMatchObject([{ from: 'endpoints/create_order', to: 'endpoints/reserve', word: 'call' }])
  })

  it('carries figures of the configuration', () => {
    const nodes = topologyOfFile('black-friday.yaml').nodes
    expect(nodes.find(({ id }) => id === 'services/catalog')?.facts.slice(0, 2)).toEqual([
      { label: 'replicas', value: '3' },
      { label: 'workers', value: '64' },
    ])
  })
})

describe('the way of an endpoint', () => {
  it('leads from the traffic to the last store, past what other endpoints use', () => {
    const lit = pathThrough(topologyOfFile('black-friday.yaml'), 'services/inventory', 'endpoints/reserve')
    expect([...lit.nodes].toSorted()).toEqual([
      'databases/inventory_db',
      'services/inventory',
      'services/order',
      'traffic/shoppers',
    ])
  })
})

describe('a kind that the interface has never heard of', () => {
  it('appears with its edges, its steps and what it refers to', () => {
    const tongue = languageOf([...catalog, madeUpKind])
    const topology = topologyOf(tongue, {
      traffic: { users: { rate: '1/s', mix: { get: '100%' } } },
      services: { shop: { endpoints: { get: { steps: [{ publish: { broker: 'events', topic: 'orders' } }] } } } },
      brokers: { events: { partitions: 12, consumer: 'mailer.send' }, unused: {} },
    })
    expect(topology.nodes.map(({ id }) => id)).toEqual([
      'traffic/users',
      'services/shop',
      'brokers/events',
      'brokers/unused',
    ])
    expect(topology.edges.map(({ id, isAsynchronous }) => [id, isAsynchronous])).toEqual([
      ['traffic/users>services/shop', false],
      ['services/shop>brokers/events', true],
    ])
  })
})
