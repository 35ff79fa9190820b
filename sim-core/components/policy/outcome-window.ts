// What a circuit breaker remembers of the calls before: a run of failures, the last calls, or the last stretch of time.

import { invariant } from '../../kernel/invariant.ts'
import type { BreakerReading } from './circuit-breaker.ts'

/** A memory of results, of constant size. No method allocates. */
export interface OutcomeWindow extends BreakerReading {
  /** Calls begun, those refused included, for windows that count them; others ignore it. */
  onAttempt(nowNs: number): void
  onResult(nowNs: number, failed: boolean, slow: boolean): void
  clear(): void
}

/** The failures in a row up to now. */
export class FailureRun implements OutcomeWindow {
  private inRow = 0

  onAttempt(): void {
    // Only results matter.
  }

  onResult(_nowNs: number, failed: boolean): void {
    this.inRow = failed ? this.inRow + 1 : 0
  }

  clear(): void {
    this.inRow = 0
  }

  calls(): number {
    return this.inRow
  }

  failures(): number {
    return this.inRow
  }

  slowCalls(): number {
    return 0
  }
}

/** Bits of a remembered call. */
const FAILED = 1
const SLOW = 2

/** The last `size` results. */
export class LastCalls implements OutcomeWindow {
  private readonly marks: Uint8Array
  private next = 0
  private filled = 0
  private failed = 0
  private slow = 0

  constructor(size: number) {
    invariant(size >= 1, 'a window holds at least one call')
    this.marks = new Uint8Array(size)
  }

  onAttempt(): void {
    // Only results matter.
  }

  onResult(_nowNs: number, failed: boolean, slow: boolean): void {
    const { marks } = this
    if (this.filled === marks.length) {
      const oldest = marks[this.next]!
      this.failed -= oldest & FAILED
      this.slow -= oldest >> 1
    } else this.filled++
    const mark = (failed ? FAILED : 0) | (slow ? SLOW : 0)
    marks[this.next] = mark
    this.failed += mark & FAILED
    this.slow += mark >> 1
    this.next = this.next + 1 === marks.length ? 0 : this.next + 1
  }

  clear(): void {
    this.next = 0
    this.filled = 0
    this.failed = 0
    this.slow = 0
  }

  calls(): number {
    return this.filled
  }

  failures(): number {
    return this.failed
  }

  slowCalls(): number {
    return this.slow
  }
}

/** Columns of a bucket. */
const ATTEMPTS = 0
const RESULTS = 1
const FAILURES = 2
const SLOWS = 3
const COLUMNS = 4

/** How the buckets of a stretch of time move on: with the clock, or with the results. */
export type BucketTurn = 'with_clock' | 'with_results'

/** What a stretch of time is made from. */
export interface RecentTimeOptions {
  /** Length of one bucket in ns. */
  readonly bucketNs: number
  readonly buckets: number
  readonly turn: BucketTurn
  /** What `calls` answers: results, or calls begun. */
  readonly counts: 'results' | 'attempts'
}

/**
 * The last stretch of time in buckets. With the clock, buckets begin at whole multiples of their length and the present one
 * is the last of `buckets`. With the results, a bucket begins with the first result that comes a bucket's length or more
 * after the present one began, and takes the place of the oldest: without results nothing is forgotten.
 */
export class RecentTime implements OutcomeWindow {
  private readonly options: RecentTimeOptions
  /** Row-major [bucket x column]. */
  private readonly cells: Float64Array
  private readonly sums = new Float64Array(COLUMNS)
  private bucket = 0
  /** With the clock: number of the present bucket since time 0. With the results: when it began. */
  private turned = -Infinity

  constructor(options: RecentTimeOptions) {
    invariant(options.buckets >= 1 && options.bucketNs > 0, 'a window has at least one bucket of some length')
    this.options = options
    this.cells = new Float64Array(options.buckets * COLUMNS)
  }

  onAttempt(nowNs: number): void {
    if (this.options.counts === 'results') return
    this.turnWithClock(nowNs)
    this.add(ATTEMPTS)
  }

  onResult(nowNs: number, failed: boolean, slow: boolean): void {
    if (this.options.turn === 'with_clock') this.turnWithClock(nowNs)
    else if (nowNs - this.turned >= this.options.bucketNs) {
      this.dropOldest()
      this.turned = nowNs
    }
    this.add(RESULTS)
    if (failed) this.add(FAILURES)
    if (slow) this.add(SLOWS)
  }

  clear(): void {
    this.cells.fill(0)
    this.sums.fill(0)
    if (this.options.turn === 'with_results') this.turned = -Infinity
  }

  calls(nowNs: number): number {
    return this.sum(nowNs, this.options.counts === 'results' ? RESULTS : ATTEMPTS)
  }

  failures(nowNs: number): number {
    return this.sum(nowNs, FAILURES)
  }

  slowCalls(nowNs: number): number {
    return this.sum(nowNs, SLOWS)
  }

  private sum(nowNs: number, column: number): number {
    this.turnWithClock(nowNs)
    return this.sums[column]!
  }

  private turnWithClock(nowNs: number): void {
    const { turn, bucketNs, buckets } = this.options
    if (turn !== 'with_clock') return
    const present = Math.floor(nowNs / bucketNs)
    const steps = present - this.turned
    if (steps >= buckets) this.clear()
    else for (let step = 0; step < steps; step++) this.dropOldest()
    this.turned = present
  }

  private dropOldest(): void {
    this.bucket = this.bucket + 1 === this.options.buckets ? 0 : this.bucket + 1
    const row = this.bucket * COLUMNS
    for (let column = 0; column < COLUMNS; column++) {
      this.sums[column] = this.sums[column]! - this.cells[row + column]!
      this.cells[row + column] = 0
    }
  }

  private add(column: number): void {
    const at = this.bucket * COLUMNS + column
    this.cells[at] = this.cells[at]! + 1
    this.sums[column] = this.sums[column]! + 1
  }
}
