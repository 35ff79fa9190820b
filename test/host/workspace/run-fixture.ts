// A library of runs over a store in memory, with scenarios given by their text.
import { afterEach } from 'vitest'
import type { HostEvent } from '../../../host/contract/host-api.ts'
import { HostError } from '../../../host/contract/host-error.ts'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { RunRecord, RunRequest, RunStatus, RunSummary } from '../../../host/contract/run-records.ts'
import { createRunLibrary } from '../../../host/workspace/run-library.ts'
import type { RunLibrary } from '../../../host/workspace/run-library.ts'
import type { RunServiceOptions } from '../../../host/runs/run-service.ts'
import { WorkerPool } from '../../../host/workers/worker-pool.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { MemoryRuns } from '../support/memory-runs.ts'

const opened: RunLibrary[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((library) => library.close()))
})

/** A library under test, and what it told. */
export interface RunFixture {
  readonly api: RunLibrary['api']
  readonly store: MemoryRuns
  readonly events: HostEvent[]
  /** Texts by id of the scenario. */
  readonly texts: Record<string, string>
  close(): Promise<void>
  /** Starts what must start. */
  start(request: RunRequest): Promise<RunSummary>
  /** Waits until a run stands so. */
  until(id: string, ...statuses: readonly RunStatus[]): Promise<RunRecord>
  /** Waits for an event that fits, from now on. */
  next(fits: (event: HostEvent) => boolean): Promise<HostEvent>
  /** Waits for a picture that fits. */
  picture(id: string, fits?: (live: LiveRun) => boolean): Promise<LiveRun>
}

/** What may be different. */
export interface RunFixtureOptions {
  readonly readOnlyReason?: string
  /** What threads run. */
  readonly program?: URL
}

/** Opens one. */
export function openRuns(texts: Record<string, string>, options: RunFixtureOptions = {}): RunFixture {
  const { readOnlyReason = null, program } = options
  const store = new MemoryRuns()
  const events: HostEvent[] = []
  const listeners = new Set<(event: HostEvent) => void>()
  const runOptions: RunServiceOptions = {
    store: { readOnlyReason, runs: store },
    loadScenario: (id, overrides) => {
      const text = texts[id]
      if (text === undefined) throw noScenario()
      return { fileName: `${id}.yaml`, name: id, revision: 1, parsed: parseScenario(text, `${id}.yaml`, { overrides }) }
    },
    cores: 2,
    nowMs: () => performance.now(),
    onEvent: (event) => {
      events.push(event)
      for (const listener of listeners) listener(event)
    },
  }
  const library = createRunLibrary(runOptions, new WorkerPool(runOptions.cores, program))
  opened.push(library)
  const next = async (fits: (event: HostEvent) => boolean): Promise<HostEvent> => {
    const { promise, resolve } = Promise.withResolvers<HostEvent>()
    const listener = (event: HostEvent): void => {
      if (fits(event)) resolve(event)
    }
    listeners.add(listener)
    return await promise.finally(() => listeners.delete(listener))
  }
  const { api } = library
  return {
    api,
    store,
    events,
    texts,
    next,
    close: async () => await library.close(),
    start: async (request) => {
      const start = await api.startRun(request)
      if (start.kind !== 'started') throw new Error(`it is ${start.kind}`)
      return start.run
    },
    until: async (id, ...statuses) => {
      const fits = (status: RunStatus): boolean => statuses.includes(status)
      if (!fits((await api.readRun(id)).summary.status)) {
        await next(
          ({ event, ...rest }) =>
            event === 'run-changed' && 'run' in rest && rest.run.id === id && fits(rest.run.status),
        )
      }
      return await api.readRun(id)
    },
    picture: async (id, fits = () => true) => {
      const found = await next((event) => event.event === 'run-live' && event.live.runId === id && fits(event.live))
      if (found.event !== 'run-live') throw new Error('it is no picture')
      return found.live
    },
  }
}

function noScenario(): HostError {
  return new HostError({ code: 'not-found', message: 'there is no such scenario', hint: '', retryable: false })
}
