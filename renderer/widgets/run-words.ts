/** How a run stands and what it found, as a sign, a word and a tone. */
import type { RunStatus, RunSummary } from '../../host/contract/run-records.ts'

/** Colour is never alone: the sign and the word say the same. */
export interface RunWords {
  readonly sign: string
  readonly word: string
  readonly tone: 'good' | 'bad' | 'unsure' | 'neutral' | 'active'
}

const verdicts: Readonly<Record<NonNullable<RunSummary['verdict']>, RunWords>> = {
  pass: { sign: '✓', word: 'Holds', tone: 'good' },
  fail: { sign: '✗', word: 'Misses', tone: 'bad' },
  overloaded: { sign: '✗', word: 'Overloaded', tone: 'bad' },
  not_converged: { sign: '~', word: "Can't tell", tone: 'unsure' },
}

const done: RunWords = { sign: '●', word: 'Done', tone: 'neutral' }

const statuses: Readonly<Record<Exclude<RunStatus, 'done'>, RunWords>> = {
  queued: { sign: '…', word: 'Queued', tone: 'active' },
  running: { sign: '▸', word: 'Running', tone: 'active' },
  paused: { sign: '❚❚', word: 'Paused', tone: 'active' },
  cancelled: { sign: '■', word: 'Cancelled', tone: 'neutral' },
  failed: { sign: '!', word: 'Failed', tone: 'bad' },
  interrupted: { sign: '!', word: 'Interrupted', tone: 'unsure' },
}

/** Whether it is under way or will be. */
export function isUnderWay(status: RunStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'paused'
}

/**
 * What there is to say of a run: its verdict when it is done, otherwise how it stands. Where nothing was asked of it
 * (`objectives` is 0), nothing can hold.
 */
export function runWords(run: Pick<RunSummary, 'status' | 'verdict'>, objectives?: number): RunWords {
  if (run.status !== 'done') return statuses[run.status]
  if (run.verdict === null || (run.verdict === 'pass' && objectives === 0)) return done
  return verdicts[run.verdict]
}
