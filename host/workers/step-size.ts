/** Chooses how many events a step takes, so that a thread looks up about every 25 ms, however fast it is just then. */

/** Time between two looks, in ms: short against the tenth of a second between two pictures, long against a look. */
const STEP_MS = 25

/** Events of the first step: before V8 has compiled the engine a few thousand may take that long. */
const EVENTS_FIRST = 2_000

/** Fewest and most events of a step. */
const EVENTS_MIN = 200
const EVENTS_MAX = 500_000

/** At most this many times more events, or fewer, than in the step before: one odd step says little. */
const CHANGE_MAX = 2

/** Learns from every step. */
export class StepSize {
  #events = EVENTS_FIRST

  /** Events of the next step. */
  get events(): number {
    return this.#events
  }

  /** The step took so long, in ms. */
  took(ms: number): void {
    const change = Math.min(CHANGE_MAX, Math.max(1 / CHANGE_MAX, STEP_MS / Math.max(ms, Number.EPSILON)))
    this.#events = Math.round(Math.min(EVENTS_MAX, Math.max(EVENTS_MIN, this.#events * change)))
  }
}
