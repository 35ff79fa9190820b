// The library finds scenarios by what people remember of them.
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import { foundCards, tagsOf } from '../../../renderer/views/library/card-order.ts'
import { gridTarget } from '../../../renderer/views/library/grid-keys.ts'
import { foundRuns } from '../../../renderer/views/library/run-search.ts'

function card(id: string, over: Partial<ScenarioCard> = {}): ScenarioCard {
  return {
    id,
    fileName: `${id}.yaml`,
    name: id,
    question: '',
    tags: [],
    notes: '',
    revision: 1,
    updatedMs: 0,
    problems: 0,
    lastRun: null,
    stale: false,
    spark: { loadRps: [], p95Ms: [] },
    ...over,
  }
}

function run(number: number, over: Partial<RunSummary> = {}): RunSummary {
  return {
    id: `r${number}`,
    number,
    scenarioId: 's',
    scenarioName: 'Black Friday',
    revision: 1,
    status: 'done',
    createdMs: number,
    endedMs: number,
    planHash: '',
    seed: 7,
    engine: '1.0.0',
    replications: 1,
    verdict: 'pass',
    reason: '',
    partial: false,
    fingerprint: null,
    headline: null,
    injected: 0,
    error: null,
    tags: [],
    notes: '',
    ...over,
  }
}

const names = (cards: readonly ScenarioCard[]): string[] => cards.map(({ name }) => name)

describe('foundCards', () => {
  const cards = [
    card('a', {
      name: 'Black Friday',
      question: 'Do we survive three times the load?',
      tags: ['shop', 'peak'],
      updatedMs: 1,
    }),
    card('b', {
      name: 'One server',
      question: 'How long is the wait?',
      tags: ['theory'],
      updatedMs: 3,
      lastRun: run(1),
    }),
    card('c', {
      name: 'Cache size',
      tags: ['shop'],
      updatedMs: 2,
      lastRun: run(2, { verdict: 'fail' }),
      fileName: 'how-big.yaml',
    }),
  ]
  const all = { search: '', tags: [], order: 'changed' } as const

  it('finds every word in name, question, tags or file name, in any case', () => {
    expect(names(foundCards(cards, { ...all, search: 'friday LOAD' }))).toEqual(['Black Friday'])
    expect(names(foundCards(cards, { ...all, search: 'shop' }))).toEqual(['Cache size', 'Black Friday'])
    expect(names(foundCards(cards, { ...all, search: 'how-big' }))).toEqual(['Cache size'])
    expect(foundCards(cards, { ...all, search: 'friday wait' })).toEqual([])
    expect(foundCards(cards, { ...all, search: '  ' })).toHaveLength(3)
  })

  it('wants all chosen tags', () => {
    expect(names(foundCards(cards, { ...all, tags: ['shop', 'peak'] }))).toEqual(['Black Friday'])
  })

  it('orders by change, name and trouble', () => {
    expect(names(foundCards(cards, all))).toEqual(['One server', 'Cache size', 'Black Friday'])
    expect(names(foundCards(cards, { ...all, order: 'name' }))).toEqual(['Black Friday', 'Cache size', 'One server'])
    expect(names(foundCards(cards, { ...all, order: 'verdict' }))).toEqual(['Cache size', 'One server', 'Black Friday'])
  })

  it('leaves the given list as it is', () => {
    foundCards(cards, { ...all, order: 'name' })
    expect(names(cards)).toEqual(['Black Friday', 'One server', 'Cache size'])
  })

  it('lists tags by use', () => {
    expect(tagsOf(cards)).toEqual(['shop', 'peak', 'theory'])
  })
})

describe('foundRuns', () => {
  const runs = [
    run(41, { tags: ['baseline'] }),
    run(4, { verdict: 'fail', notes: 'fewer workers' }),
    run(5, { status: 'cancelled' }),
  ]

  it('finds by number, words of the verdict, tags and notes', () => {
    const numbers = (search: string): number[] => foundRuns(runs, search).map(({ number }) => number)
    expect(numbers('#41')).toEqual([41])
    expect(numbers('misses')).toEqual([4])
    expect(numbers('black workers')).toEqual([4])
    expect(numbers('cancelled')).toEqual([5])
    expect(numbers('baseline holds')).toEqual([41])
    expect(numbers('')).toEqual([41, 4, 5])
  })
})

describe('gridTarget', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 0, null],
    ['ArrowDown', 1, 4],
    ['ArrowDown', 3, null],
    ['ArrowUp', 4, 1],
    ['ArrowUp', 2, null],
    ['End', 1, 4],
    ['Home', 4, 0],
    ['Home', 0, null],
    ['a', 0, null],
  ])('%s from %d leads to %s', (key, from, to) => {
    expect(gridTarget(key, from, 5, 3)).toBe(to)
  })
})
