// Runs recorded scripts of opossum on mocked timers against the production breaker.

import type { CircuitBreaker } from '../../../sim-core/components/policy/circuit-breaker.ts'
import { BREAKER_DEFAULTS, BREAKER_OPEN } from '../../../sim-core/components/policy/circuit-breaker.ts'
import { opossum, opossumBreaker, opossumWindow } from '../../../sim-core/components/policy/breakers/opossum.ts'
import type { OutcomeWindow } from '../../../sim-core/components/policy/outcome-window.ts'
import { msToNs } from '../../../sim-core/kernel/time.ts'
import { exactly } from '../oracle-case.ts'
import type { OracleCase, OracleOutcome } from '../oracle-case.ts'
import type { CallScript, CallStep, RunningCall } from './breaker-scripts.ts'
import { CAMEL_CASE, report } from './breaker-scripts.ts'

const PERCENT = 100

interface OpossumCase extends CallScript {
  readonly config: {
    readonly timeout: number
    readonly errorThresholdPercentage: number
    readonly resetTimeout: number
    readonly rollingCountTimeout: number
    readonly rollingCountBuckets: number
    readonly volumeThreshold: number
  }
}

/** A window that is turned by a clock of its own. */
class ClockedWindow implements OutcomeWindow {
  atMs = 0
  private readonly window: OutcomeWindow

  constructor(window: OutcomeWindow) {
    this.window = window
  }

  onAttempt(): void {
    this.window.onAttempt(msToNs(this.atMs))
  }

  onResult(_nowNs: number, failed: boolean, slow: boolean): void {
    this.window.onResult(msToNs(this.atMs), failed, slow)
  }

  clear(): void {
    this.window.clear()
  }

  calls(): number {
    return this.window.calls(msToNs(this.atMs))
  }

  failures(): number {
    return this.window.failures(msToNs(this.atMs))
  }

  slowCalls(): number {
    return this.window.slowCalls(msToNs(this.atMs))
  }
}

/**
 * opossum on mocked timers. While the script advances, timers fire in the order in which they are due, but the clock shows
 * the end of the advance already: a rest that begins then is counted from there. Promises settle when it is over.
 */
class OpossumScript {
  private readonly breaker: CircuitBreaker
  private readonly timeoutMs: number
  private readonly window: ClockedWindow
  /** Further windows: successes and timeouts as failures of theirs, refusals as slow calls. */
  private readonly successesAndRefusals: ClockedWindow
  private readonly timeouts: ClockedWindow
  private running: RunningCall[] = []
  private nowMs = 0
  private completions: [number, string][] = []
  private events: string[] = []

  constructor({ config }: OpossumCase) {
    this.timeoutMs = config.timeout
    const parameters = {
      ...BREAKER_DEFAULTS,
      ...opossum.defaults,
      windowNs: msToNs(config.rollingCountTimeout),
      buckets: config.rollingCountBuckets,
      minimumCalls: config.volumeThreshold,
      failureRatio: config.errorThresholdPercentage / PERCENT,
      openNs: msToNs(config.resetTimeout),
    }
    this.window = new ClockedWindow(opossumWindow(parameters))
    this.successesAndRefusals = new ClockedWindow(opossumWindow(parameters))
    this.timeouts = new ClockedWindow(opossumWindow(parameters))
    this.breaker = opossumBreaker(parameters, this.window)
  }

  step(step: CallStep): unknown[] {
    this.completions = []
    this.events = []
    if (step[0] === 'call') this.call(step[1], step[2], step[3])
    else this.advance(step[1])
    return [CAMEL_CASE[this.breaker.state(msToNs(this.nowMs))], this.completions, this.events, this.stats()]
  }

  private call(id: number, result: 'ok' | 'err', durationMs: number): void {
    const { nowMs } = this
    if (!this.breaker.tryAcquire(msToNs(nowMs))) {
      this.successesAndRefusals.onResult(0, false, true)
      this.completions.push([id, 'rejected_open'])
      return
    }
    this.running.push({ id, result, startMs: nowMs, dueMs: nowMs + durationMs, timeoutMs: nowMs + this.timeoutMs })
    if (durationMs === 0) this.settleDue()
  }

  private advance(byMs: number): void {
    const endMs = this.nowMs + byMs
    let fromMs = this.nowMs
    this.nowMs = endMs
    for (;;) {
      const next = this.running.toSorted((a, b) => a.timeoutMs - b.timeoutMs || a.id - b.id)[0]
      if (next === undefined || next.timeoutMs > endMs) break
      this.running = this.running.filter((call) => call !== next)
      this.noteWake(fromMs, next.timeoutMs)
      fromMs = next.timeoutMs
      this.turnTo(next.timeoutMs)
      this.timeouts.onResult(0, true, false)
      // An open breaker learns nothing but the time; any other may open, and rests from the end of the advance on.
      const isOpen = this.breaker.state(msToNs(next.timeoutMs)) === BREAKER_OPEN
      this.finish(next, 'timeout', isOpen ? next.timeoutMs : endMs)
    }
    this.noteWake(fromMs, endMs)
    this.turnTo(endMs)
    this.settleDue()
  }

  private turnTo(atMs: number): void {
    for (const window of [this.window, this.successesAndRefusals, this.timeouts]) window.atMs = atMs
  }

  /** Notes that the rest ended on the way. */
  private noteWake(fromMs: number, toMs: number): void {
    const before = this.breaker.state(msToNs(fromMs))
    if (before === BREAKER_OPEN && this.breaker.state(msToNs(toMs)) !== before) this.events.push('halfOpen')
  }

  private settleDue(): void {
    const due = this.running.filter(({ dueMs }) => dueMs <= this.nowMs)
    this.running = this.running.filter(({ dueMs }) => dueMs > this.nowMs)
    for (const call of due.toSorted((a, b) => a.dueMs - b.dueMs || a.id - b.id)) {
      if (call.result === 'ok') this.successesAndRefusals.onResult(0, true, false)
      this.finish(call, call.result, this.nowMs)
    }
  }

  private finish(call: RunningCall, result: 'ok' | 'err' | 'timeout', atMs: number): void {
    const before = this.breaker.state(msToNs(atMs))
    report(this.breaker, call, result === 'ok', atMs)
    const after = this.breaker.state(msToNs(atMs))
    if (after !== before) this.events.push(after === BREAKER_OPEN ? 'open' : 'close')
    this.completions.push([call.id, result])
  }

  private stats(): object {
    return {
      fires: this.window.calls(),
      failures: this.window.failures(),
      successes: this.successesAndRefusals.failures(),
      rejects: this.successesAndRefusals.slowCalls(),
      timeouts: this.timeouts.failures(),
    }
  }
}

/** opossum: state, completions, events and rolling counts after each step. */
export function runOpossumScript(testCase: OracleCase): OracleOutcome {
  const script = testCase as OpossumCase
  const run = new OpossumScript(script)
  return exactly(
    script.expected.afterStep,
    script.steps.map((step) => run.step(step)),
  )
}
