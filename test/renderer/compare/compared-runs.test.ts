// Which runs are compared, and what can be picked.
import { describe, expect, it } from 'vitest'
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'
import {
  comparedIds,
  comparedRuns,
  lastTwo,
  pickableGroups,
  readyRuns,
} from '../../../renderer/views/compare/compared-runs.ts'
import { FIXED_RESULT } from '../../host/cli/report/fixed-result.ts'

function run(number: number, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: `run-${number}`,
    number,
    scenarioId: 'shop',
    scenarioName: 'A shop',
    revision: 1,
    status: 'done',
    createdMs: 0,
    endedMs: 1,
    planHash: '',
    seed: 7,
    engine: '1.0.0',
    replications: 3,
    verdict: 'pass',
    reason: '',
    partial: false,
    fingerprint: null,
    headline: null,
    injected: 0,
    error: null,
    tags: [],
    notes: '',
    ...changes,
  }
}

function record(summary: RunSummary, hasResult = true): RunRecord {
  return {
    summary,
    scenarioText: '',
    result: hasResult ? FIXED_RESULT : null,
    seriesNames: [],
    hasSeries: true,
    injectedFaults: [],
    progress: null,
    live: null,
  }
}

describe('runs of the address', () => {
  it('are each taken once, twelve at most', () => {
    expect(comparedIds('a,b,,a,c')).toEqual(['a', 'b', 'c'])
    expect(comparedIds('')).toEqual([])
    expect(comparedIds(Array.from({ length: 40 }, (_, i) => i).join(','))).toHaveLength(12)
  })

  it('are called by letters, and know how far they are', () => {
    const failed = run(4, { status: 'failed', verdict: null })
    const running = run(5, { status: 'running', verdict: null })
    const runs = comparedRuns(
      ['run-1', 'run-2', 'run-3', 'run-4', 'run-5'],
      [run(2), failed, running],
      { 'run-1': record(run(1)), 'run-4': record(failed, false), 'run-5': record(running, false) },
      { 'run-3': new Error('there is no such run') },
    )
    expect(runs.map(({ label, state }) => `${label} ${state}`)).toEqual([
      'A ready',
      'B loading',
      'C lost',
      'D no-result',
      'E under-way',
    ])
    expect(readyRuns(runs).map(({ label, result }) => [label, result.scenario])).toEqual([['A', 'A shop']])
  })
})

describe('the last two', () => {
  it('are of one scenario when it has two, the older one first', () => {
    const runs = [run(5), run(4, { scenarioId: 'other' }), run(3, { verdict: null }), run(2)]
    expect(lastTwo(runs)).toEqual(['run-2', 'run-5'])
    expect(lastTwo(runs.slice(0, 2))).toEqual(['run-4', 'run-5'])
    expect(lastTwo(runs.slice(0, 1))).toEqual(['run-5'])
  })
})

describe('runs to pick', () => {
  const runs = [
    run(3, { tags: ['black friday'] }),
    run(2, { scenarioName: 'A queue' }),
    run(1, { seed: 99 }),
    run(4, { verdict: null }),
  ]

  it('have a result, and stand by scenario', () => {
    expect(
      pickableGroups(runs, '').map(({ scenario, runs: own }) => [scenario, own.map(({ number }) => number)]),
    ).toEqual([
      ['A shop', [3, 1]],
      ['A queue', [2]],
    ])
  })

  it('are found by every word of a search', () => {
    const found = (search: string): number[] =>
      pickableGroups(runs, search).flatMap(({ runs: own }) => own.map(({ number }) => number))
    expect(found('FRIDAY shop')).toEqual([3])
    expect(found('seed 99')).toEqual([1])
    expect(found('#2')).toEqual([2])
    expect(found('nothing')).toEqual([])
  })
})
