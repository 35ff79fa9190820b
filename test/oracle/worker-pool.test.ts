// The pool keeps the order of its cases and survives threads that die.
import { describe, expect, it } from 'vitest'
import { runOnThreads } from './worker-pool.ts'
import type { CaseRequest } from './worker.ts'

/** Answers after a delay, or dies, as the case says. */
const PROGRAM = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ testCase: { id, fate, delayMs } }) => {
      if (fate === 'exit') process.exit(3)
      if (fate === 'throw') throw new Error('lost')
      setTimeout(() => parentPort.postMessage({ pass: true, error: 0, tolerance: 0, expected: id, got: id }), delayMs)
    })
  `)}`,
)

function request(id: string, fate: string, delayMs: number): CaseRequest {
  return {
    testCase: { id, fate, delayMs },
    file: { family: 'any', path: 'any', cases: [] },
    options: { effort: 'quick' },
  }
}

describe('runOnThreads', () => {
  it('gives outcomes in the order of the cases, however long each takes', async () => {
    const requests = ['a', 'b', 'c', 'd', 'e'].map((id, i) => request(id, 'answer', 40 - 8 * i))
    const outcomes = await runOnThreads(requests, 2, PROGRAM)
    expect(outcomes.map(({ got }) => got)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('fails the case whose thread dies and runs the others', async () => {
    const requests = [
      request('a', 'exit', 0),
      request('b', 'answer', 0),
      request('c', 'throw', 0),
      request('d', 'answer', 0),
    ]
    const outcomes = await runOnThreads(requests, 1, PROGRAM)
    expect(outcomes.map(({ pass }) => pass)).toEqual([false, true, false, true])
    expect(outcomes[0]?.got).toContain('code 3')
    expect(outcomes[2]?.got).toContain('lost')
  })

  it('starts no thread for no case', async () => {
    expect(await runOnThreads([], 2, PROGRAM)).toEqual([])
  })
})
