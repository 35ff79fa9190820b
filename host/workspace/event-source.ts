/** Tells what happens to everybody who listens, and the beginning and end of runs to the log. */
import type { HostEvent } from '../contract/host-api.ts'
import type { RunSummary } from '../contract/run-records.ts'
import type { Log } from './log.ts'

/** The listeners of one workspace. */
export class EventSource {
  readonly #listeners = new Set<(event: HostEvent) => void>()
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  /** Calls back for every event until the answer is called. */
  listen(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** A listener that fails takes neither the others nor the work it was told of with it. */
  tell(event: HostEvent): void {
    if (event.event === 'run-changed') this.#note(event.run)
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error))
        this.#log('error', 'listener-failed', { told: event.event, message, trace: stack })
      }
    }
  }

  #note({ number, id, status, planHash, seed, error }: RunSummary): void {
    const failure = error === null ? {} : { code: error.code, message: error.message, trace: error.trace }
    this.#log(error === null ? 'info' : 'error', 'run', { number, id, status, planHash, seed, ...failure })
  }
}
