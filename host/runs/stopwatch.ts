/** Measures how long something took, pauses not counted. */
export class Stopwatch {
  readonly #nowMs: () => number
  #runningSinceMs: number | undefined
  #beforeMs = 0

  /** Begins to run. @param nowMs a clock that never goes back */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.#runningSinceMs = nowMs()
  }

  get elapsedMs(): number {
    return this.#beforeMs + (this.#runningSinceMs === undefined ? 0 : this.#nowMs() - this.#runningSinceMs)
  }

  pause(): void {
    this.#beforeMs = this.elapsedMs
    this.#runningSinceMs = undefined
  }

  resume(): void {
    this.#runningSinceMs ??= this.#nowMs()
  }
}
