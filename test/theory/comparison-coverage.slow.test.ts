// How often the intervals of comparisons hold the true difference, and how often a verdict is wrong.
import { describe, expect, it } from 'vitest'
import { compareStudies } from '../../sim-core/analysis/compare-studies.ts'
import type { FigureComparison } from '../../sim-core/analysis/comparison-result.ts'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { FIXED_RESULT } from '../host/cli/report/fixed-result.ts'
import { normalValues } from '../sim-core/analysis/normal-values.ts'

const STUDIES = 3_000
/** Three standard deviations of a share of 0.95 in so many studies. */
const TOLERANCE = 3 * Math.sqrt((0.95 * 0.05) / STUDIES)
const FIGURE = 'clients.p99_ms'

/** A study whose replications have these values of the figure; as all others, it is not among the headline figures. */
function studyOf(values: readonly number[], seed: number): StudyResult {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const { clients } = FIXED_RESULT
  return {
    ...FIXED_RESULT,
    seed,
    objectives: [],
    endpoints: {},
    components: {},
    clients: { ...clients, latency_ms: { ...clients.latency_ms, p99: { mean, low: null, high: null } } },
    per_replication: values.map((value, replication) => ({
      replication,
      fingerprint: '',
      events: 0,
      end_s: 60,
      figures: { [FIGURE]: value },
    })),
  }
}

function comparison(
  before: readonly number[],
  after: readonly number[],
  seeds: readonly [number, number],
): FigureComparison {
  const { pairs } = compareStudies([
    { label: 'A', result: studyOf(before, seeds[0]) },
    { label: 'B', result: studyOf(after, seeds[1]) },
  ])
  return pairs[0]!.figures.find(({ id }) => id === FIGURE)!
}

/** Shares of studies whose intervals hold the truth, and that call a difference. */
function coverage(
  draw: (next: () => number) => { readonly before: number[]; readonly after: number[] },
  truth: { readonly difference: number; readonly relative: number },
  seeds: readonly [number, number],
): { readonly difference: number; readonly relative: number; readonly called: number } {
  const next = normalValues(2024)
  let [difference, relative, called] = [0, 0, 0]
  for (let study = 0; study < STUDIES; study += 1) {
    const { before, after } = draw(next)
    const found = comparison(before, after, seeds)
    if (found.difference.low! <= truth.difference && truth.difference <= found.difference.high!) difference += 1
    if (found.relative.low! <= truth.relative && truth.relative <= found.relative.high!) relative += 1
    if (found.verdict === 'better' || found.verdict === 'worse') called += 1
  }
  return { difference: difference / STUDIES, relative: relative / STUDIES, called: called / STUDIES }
}

const values = (count: number, value: () => number): number[] => Array.from({ length: count }, value)

describe('intervals of 95 %', () => {
  it('hold the true difference of paired replications, however much these have in common', () => {
    const found = coverage(
      (next) => {
        const shared = values(5, () => 20 * next())
        return { before: shared.map((x) => 800 + x), after: shared.map((x) => 240 + 0.3 * x + 4 * next()) }
      },
      { difference: -560, relative: -0.7 },
      [1, 1],
    )
    expect(Math.abs(found.difference - 0.95)).toBeLessThan(TOLERANCE)
    expect(Math.abs(found.relative - 0.95)).toBeLessThan(TOLERANCE)
    expect(found.called).toBe(1)
  })

  it('hold the true difference of independent replications of unequal number and spread', () => {
    const found = coverage(
      (next) => ({ before: values(5, () => 100 + next()), after: values(8, () => 130 + 6 * next()) }),
      { difference: 30, relative: 0.3 },
      [1, 2],
    )
    expect(Math.abs(found.difference - 0.95)).toBeLessThan(TOLERANCE)
    expect(Math.abs(found.relative - 0.95)).toBeLessThan(TOLERANCE)
  })

  it('call a difference where there is none in 5 % of studies, paired or not', () => {
    for (const seeds of [[1, 1] as const, [1, 2] as const]) {
      const found = coverage(
        (next) => ({ before: values(6, () => 100 + 3 * next()), after: values(6, () => 100 + 3 * next()) }),
        { difference: 0, relative: 0 },
        seeds,
      )
      expect(Math.abs(found.called - 0.05)).toBeLessThan(TOLERANCE)
    }
  })
})
