// Comparisons of simulated studies: what differs is found, what does not is not, and what cannot be told is said so.
import { describe, expect, it } from 'vitest'
import { pairedDifferenceInterval } from '../../../sim-core/analysis/confidence.ts'
import { compareStudies } from '../../../sim-core/analysis/compare-studies.ts'
import type { FigureComparison, PairComparison, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { expectRelative } from './expect-relative.ts'
import type { StudyOptions } from './study-fixture.ts'
import { studyOfText } from './study-fixture.ts'

interface Shop {
  readonly cores?: number
  readonly cpu?: string
  readonly duration?: string
  readonly p95?: string
}

function shop({ cores = 2, cpu = '5ms', duration = '20s', p95 = '30ms' }: Shop = {}): string {
  return `
version: 1
name: A shop
run: { duration: ${duration}, warmup: 2s, bucket: 1s }
traffic: { clients: { rate: 300/s, mix: { buy: 100% } } }
services:
  app:
    cpu: { cores: ${cores}, scheduling: fifo }
    endpoints: { buy: { slo: { p95: ${p95}, availability: 99% }, steps: [{ cpu: exponential(${cpu}) }] } }
`
}

function study(text: string, options: StudyOptions): StudyResult {
  return { ...studyOfText(text, options), seed: options.seed ?? 1 }
}

const few = study(shop(), { replications: 4 })
const many = study(shop({ cores: 4 }), { replications: 4 })

function compared(...results: readonly StudyResult[]): StudyComparison {
  return compareStudies(results.map((result, i) => ({ label: 'ABCDE'[i]!, result })))
}

function pairOf(...results: readonly StudyResult[]): PairComparison {
  return compared(...results).pairs[0]!
}

function figureOf(pair: PairComparison, id: string): FigureComparison {
  return pair.figures.find((figure) => figure.id === id)!
}

describe('two studies with the same seed', () => {
  const pair = pairOf(few, many)

  it('are paired, and the better is found', () => {
    expect(pair.paired).toBe(true)
    expect(pair.pairing).toBe('Paired: 4 replications with the same seed, 1, saw the same traffic.')
    expect(pair.verdict).toBe('better')
    expect(pair.sentence).toMatch(/^B is better than A: p95 \d+(\.\d+)? ms → \d+(\.\d+)? ms \(−\d+ % ± [\d.]+ %\)/u)
    expect(pair.sentence).toContain('; errors equal')
    expect(pair.headline).toEqual(['clients.p95_ms', 'clients.error_ratio', 'app.buy.p95_ms', 'app.buy.error_ratio'])
  })

  it('have the interval of the paired differences, around the difference of what the studies tell', () => {
    const { difference, relative } = figureOf(pair, 'clients.p95_ms')
    const of = (result: StudyResult): number[] =>
      result.per_replication.map(({ figures }) => figures['clients.p95_ms'] ?? NaN)
    const { low, high } = pairedDifferenceInterval(of(many), of(few), 0.95)
    const [before, after] = [few.clients.latency_ms.p95.mean!, many.clients.latency_ms.p95.mean!]
    expect(difference.mean).toBe(after - before)
    expectRelative(difference.high! - difference.low!, high - low, 1e-12)
    expectRelative(relative.mean!, after / before - 1, 1e-12)
    expect(relative.high!).toBeLessThan(0)
  })

  it('measure relative differences against the replications that both have', () => {
    const { relative } = figureOf(pairOf(few, study(shop({ cores: 4 }), { replications: 2 })), 'clients.p95_ms')
    const meanOf = (result: StudyResult): number =>
      (result.per_replication[0]!.figures['clients.p95_ms']! + result.per_replication[1]!.figures['clients.p95_ms']!) /
      2
    expectRelative(relative.mean!, meanOf(many) / meanOf(few) - 1, 1e-12)
  })

  it('judge by which way is good', () => {
    expect(figureOf(pair, 'clients.p95_ms').verdict).toBe('better')
    expect(figureOf(pair, 'clients.error_ratio')).toMatchObject({ verdict: 'same', probability: 1 })
    expect(figureOf(pair, 'app.utilisation')).toMatchObject({ direction: 'neutral', verdict: 'lower' })
    expect(figureOf(pair, 'app.queue_length').verdict).toBe('better')
    const back = pairOf(many, few)
    expect(back.verdict).toBe('worse')
    expect(back.sentence).toContain('app.buy.p95 no longer holds')
    expect(pair.sentence).toContain('app.buy.p95 now holds')
  })

  it('are the same run when nothing was changed', () => {
    const comparison = compared(few, few)
    expect(comparison.warnings).toEqual(['All of them are the same run: every fingerprint is equal.'])
    expect(comparison.pairs[0]!.verdict).toBe('same')
    expect(comparison.pairs[0]!.figures.every(({ verdict }) => verdict === 'same')).toBe(true)
  })

  it('survive a trip through JSON', () => {
    const comparison = compared(few, many)
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
  })
})

describe('studies that share less', () => {
  const other = study(shop({ cores: 4 }), { replications: 3, seed: 9 })

  it('are compared as independent when the seeds differ', () => {
    const pair = pairOf(few, other)
    expect(pair.paired).toBe(false)
    expect(pair.pairing).toContain('the seeds differ (1 and 9)')
    expect(pair.verdict).toBe('better')
  })

  it('are told apart more sharply when they are paired', () => {
    const reference = study(shop(), { replications: 8 })
    const slower = study(shop({ cpu: '5.1ms' }), { replications: 8 })
    const slowerElsewhere = study(shop({ cpu: '5.1ms' }), { replications: 8, seed: 77 })
    const width = (pair: PairComparison): number => {
      const { difference } = figureOf(pair, 'clients.mean_ms')
      return difference.high! - difference.low!
    }
    expect(pairOf(reference, slower).verdict).toBe('worse')
    expect(width(pairOf(reference, slower))).toBeLessThan(0.5 * width(pairOf(reference, slowerElsewhere)))
  })

  it('use the replications that both have', () => {
    const three = study(shop({ cores: 4 }), { replications: 3 })
    const pair = pairOf(few, three)
    expect(pair.pairing).toContain(
      'Paired: 3 replications with the same seed, 1, saw the same traffic; others are left out.',
    )
    const values = (result: StudyResult): number[] =>
      result.per_replication.slice(0, 3).map(({ figures }) => figures['clients.p95_ms'] ?? NaN)
    const { mean } = pairedDifferenceInterval(values(three), values(few), 0.95)
    expectRelative(figureOf(pair, 'clients.p95_ms').difference.mean!, mean, 1e-12)
  })

  it('cannot be told apart by single runs', () => {
    const [a, b] = [shop(), shop({ cores: 4 })].map((text) => study(text, { replications: 1 }))
    const comparison = compared(a!, b!)
    expect(comparison.warnings).toEqual(['A and B have a single replication: differences have no interval.'])
    const pair = comparison.pairs[0]!
    expect(pair.verdict).toBe('cannot_tell')
    expect(pair.sentence).toContain('Run at least two of each')
    const p95 = figureOf(pair, 'clients.p95_ms')
    expect(p95).toMatchObject({ verdict: 'cannot_tell', reason: 'one replication says nothing about chance' })
    expect(p95.difference).toMatchObject({ low: null, high: null })
    expect(p95.difference.mean).toBeLessThan(0)
  })

  it('warn of unlike runs', () => {
    const short = { ...study(shop({ duration: '15s' }), { replications: 4 }), engine: '0.9.0', partial: true }
    const { warnings, pairs } = compared(few, short)
    expect(warnings.join(' ')).toContain(`The engine versions differ (A ${few.engine}, B 0.9.0).`)
    expect(warnings.join(' ')).toContain('The simulated times differ (A 20 s, B 15 s).')
    expect(warnings.join(' ')).toContain('B was stopped before the end.')
    expect(pairs[0]!.paired).toBe(false)
  })

  it('warn of unlike loads', () => {
    const busier = study(shop({ cores: 4 }).replace('300/s', '400/s'), { replications: 4 })
    expect(compared(few, busier).warnings.join(' ')).toMatch(/The loads differ \(A \d+ req\/s, B \d+ req\/s\)/u)
    expect(compared(few, many).warnings).toEqual([])
  })

  it('say what only one of them has', () => {
    const withoutEndpoint = { ...many, components: {} }
    const figure = figureOf(pairOf(few, withoutEndpoint), 'app.utilisation')
    expect(figure).toMatchObject({ verdict: 'cannot_tell', reason: 'B has no such figure', probability: null })
  })

  it('without figures of replications say how to get them', () => {
    const old = { ...many, per_replication: [] }
    const { warnings, pairs } = compared(few, old)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('B comes from a version that did not keep the figures of replications')
    expect(pairs[0]!.verdict).toBe('cannot_tell')
  })
})

describe('three studies and more', () => {
  const alike = study(shop({ cores: 4 }), { replications: 4, seed: 5 })

  it('are ranked by objectives held, then p95, with shared places where intervals do not tell', () => {
    const { ranking, pairs } = compared(few, many, alike)
    expect(pairs).toHaveLength(2)
    expect(ranking.map(({ objectives_held: held }) => held)).toEqual([2, 2, 1])
    expect(ranking.map(({ rank }) => rank)).toEqual([
      [1, 2],
      [1, 2],
      [3, 3],
    ])
    expect(ranking[2]!.label).toBe('A')
  })

  it('get places of their own where p95 tells', () => {
    const [a, b, c] = [2, 3, 4].map((cores) => study(shop({ cores, p95: '500ms' }), { replications: 4 }))
    expect(compared(a!, b!, c!).ranking.map(({ label, rank }) => `${rank.join('–')} ${label}`)).toEqual([
      '1–1 C',
      '2–2 B',
      '3–3 A',
    ])
  })

  it('are not ranked when they are two', () => {
    expect(compared(few, many).ranking).toEqual([])
  })
})
