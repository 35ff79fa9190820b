// Controlled delay: drops at the head of a queue whose waits stay above a target.

import type { QueueShedder, QueueShedderDefinition, QueueShedderParameters } from './queue-shedder.ts'

/** Dropping that resumes within so many intervals goes on at the pace it had. */
const RESUME_INTERVALS = 16

// Places of the state; times in ns.
const FIRST_ABOVE_NS = 0
const DROP_NEXT_NS = 1
const COUNT = 2
const LAST_COUNT = 3
const STATE = 4

class Codel implements QueueShedder {
  private readonly parameters: QueueShedderParameters
  private readonly state = new Float64Array(STATE)
  private dropping = false
  private beganNow = false

  constructor(parameters: QueueShedderParameters) {
    this.parameters = parameters
  }

  drops(nowNs: number, waitedNs: number, isLast: boolean, isFirst: boolean): boolean {
    const { state } = this
    const isBad = this.staysAbove(nowNs, waitedNs, isLast)
    if (isFirst) this.beganNow = false
    // Whoever comes after the first drop of a row is served.
    if (this.beganNow) return false
    if (!this.dropping) return isBad && this.begin(nowNs)
    if (!isBad) {
      this.dropping = false
      return false
    }
    if (!isFirst) state[DROP_NEXT_NS] = this.controlLaw(state[DROP_NEXT_NS]!)
    if (nowNs < state[DROP_NEXT_NS]!) return false
    state[COUNT] = state[COUNT]! + 1
    return true
  }

  /** Whether waits have been above the target for a whole interval. */
  private staysAbove(nowNs: number, waitedNs: number, isLast: boolean): boolean {
    const { state } = this
    const { targetNs, intervalNs } = this.parameters
    if (waitedNs < targetNs || isLast) {
      state[FIRST_ABOVE_NS] = 0
      return false
    }
    if (state[FIRST_ABOVE_NS] === 0) {
      state[FIRST_ABOVE_NS] = nowNs + intervalNs
      return false
    }
    return nowNs >= state[FIRST_ABOVE_NS]!
  }

  private begin(nowNs: number): boolean {
    const { state } = this
    const more = state[COUNT]! - state[LAST_COUNT]!
    const isRecent = nowNs - state[DROP_NEXT_NS]! < RESUME_INTERVALS * this.parameters.intervalNs
    this.dropping = true
    this.beganNow = true
    state[COUNT] = more > 1 && isRecent ? more : 1
    state[LAST_COUNT] = state[COUNT]!
    state[DROP_NEXT_NS] = this.controlLaw(nowNs)
    return true
  }

  private controlLaw(fromNs: number): number {
    return fromNs + this.parameters.intervalNs / Math.sqrt(this.state[COUNT]!)
  }
}

/** The catalogue entry of `codel`. */
export const codel: QueueShedderDefinition = {
  id: 'codel',
  label: 'CoDel',
  help:
    'Drops who is next when waits have been above a target for a whole interval, more and more often while they stay there. ' +
    'Lets a burst pass and ends a queue that only stands.',
  source:
    'K. Nichols, V. Jacobson, "Controlling Queue Delay", 2012; RFC 8289, section 5: control_law(t, count) = t + INTERVAL / ' +
    'sqrt(count).',
  differs: 'It counts requests instead of bytes: the last one in the queue is never dropped.',
  parameters: ['targetNs', 'intervalNs'],
  create: (parameters) => new Codel(parameters),
}
