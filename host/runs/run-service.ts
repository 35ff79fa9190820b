/** Runs that are kept: one after the other over all workers, watched, steered, and written to the store. */
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import { writeScenario } from '../../sim-core/scenario/write.ts'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import { invariant } from '../../sim-core/kernel/invariant.ts'
import { HostError } from '../contract/host-error.ts'
import type { HostErrorDetails } from '../contract/host-error.ts'
import type { HostEvent } from '../contract/host-api.ts'
import type { FaultRequest, RunControl, RunRequest, RunStart } from '../contract/run-records.ts'
import type { StudyOverride } from '../contract/study-api.ts'
import type { NewRun, RunChange, RunStore, Store } from '../store/store.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import { ActiveRun } from './active-run.ts'
import { faultOf } from './injected-fault.ts'
import { prepare } from './scenario-study.ts'
import type { PreparedStudy } from './scenario-study.ts'
import { replicationsMaxOf } from './study-run.ts'

/** Digits of a precision in percent: enough for what people ask for, too few to show that 0.07 x 100 is not quite 7. */
const PERCENT_DIGITS = 12

/** A scenario as it is to be run. */
export interface LoadedScenario {
  readonly fileName: string
  readonly name: string
  readonly revision: number
  readonly parsed: ParseResult
}

/** What it asks of the store. */
export type KeptRuns = Pick<RunStore, 'begin' | 'change' | 'find' | 'list' | 'read' | 'series' | 'summary'>

/** What the service works with. */
export interface RunServiceOptions {
  readonly store: Pick<Store, 'readOnlyReason'> & { readonly runs: KeptRuns }
  /** The stored scenario with `path=value` overrides laid over it. Throws a HostError `not-found`. */
  readonly loadScenario: (id: string, overrides: readonly string[]) => LoadedScenario
  readonly cores: number
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number
  readonly onEvent: (event: HostEvent) => void
}

/** Everything that is to be run or under way, the first of it running. */
export class RunService {
  readonly #options: RunServiceOptions
  readonly #pool: WorkerPool
  readonly #runs: ActiveRun[] = []
  #closed = false

  constructor(options: RunServiceOptions, pool: WorkerPool) {
    this.#options = options
    this.#pool = pool
  }

  /** The run, while it is queued or under way. */
  active(id: string): ActiveRun | undefined {
    return this.#runs.find((run) => run.id === id)
  }

  /** Begins a run, or finds that it was made before. Throws a HostError. */
  start(request: RunRequest): RunStart {
    const { store, loadScenario } = this.#options
    // A thread takes about as long to start as a scenario to be read and compiled.
    this.#pool.warmUp()
    const overrides = overridesOf(request)
    const texts = overrides.map(({ text }) => text)
    const loaded = loadScenario(request.scenarioId, texts)
    const { problems, prepared } = prepare(loaded.parsed, overrides)
    if (prepared === undefined) return { kind: 'invalid', problems }
    const run = newRunOf(request, loaded, prepared)
    const kept = store.runs.find(run.planHash, run.seed, run.engine, run.studyKey)
    if (kept !== undefined && request.fresh !== true) return { kind: 'kept', run: kept, problems }
    if (store.readOnlyReason !== null) throw readOnly(store.readOnlyReason)
    const active = new ActiveRun({
      summary: store.runs.begin(run),
      file: loaded.fileName,
      document: loaded.parsed.document!,
      prepared,
      nowMs: this.#options.nowMs,
      onLive: (live) => this.#options.onEvent({ event: 'run-live', live }),
    })
    this.#runs.push(active)
    this.#startNext()
    this.#options.onEvent({ event: 'runs-changed' })
    return { kind: 'started', run: active.summary, problems }
  }

  /** Pauses, resumes or cancels. A run that is over stays as it is. Throws a HostError. */
  control({ id, action }: RunControl): void {
    const run = this.active(id)
    if (run === undefined) {
      if (this.#options.store.runs.summary(id) === undefined) throw noRun()
      return
    }
    if (action === 'cancel') this.#cancel(run)
    else if (action === 'pause' && run.status === 'queued') throw notYet()
    else if (action === 'pause' && run.status === 'running') {
      run.pause()
      this.#change(run, { status: 'paused' })
    } else if (action === 'resume' && run.status === 'paused') {
      run.resume()
      this.#change(run, { status: 'running' })
    }
  }

  /** Puts a fault into every replication of a run under way. Rejects with a HostError. */
  async inject({ runId, target, action }: FaultRequest): Promise<void> {
    const run = this.active(runId)
    if (run === undefined && this.#options.store.runs.summary(runId) === undefined) throw noRun()
    if (run?.study === undefined) throw notUnderWay()
    const atNs = await run.inject(faultOf(run.document, { target, action }), { target, action })
    if (atNs === undefined) throw notUnderWay()
    if (this.active(runId) !== undefined) this.#change(run, { injectedFaults: run.injectedFaults })
  }

  /** Ends everything; runs under way are marked as interrupted. */
  async close(): Promise<void> {
    this.#closed = true
    for (const run of this.#runs.splice(0)) this.#change(run, { status: 'interrupted' })
    await this.#pool.close()
  }

  #startNext(): void {
    const run = this.#runs[0]
    if (run === undefined || run.study !== undefined) return
    // The status first: were it not kept, neither would be the result.
    this.#change(run, { status: 'running' })
    if (run.status === 'failed') {
      this.#runs.shift()
      return this.#startNext()
    }
    const workers = Math.min(this.#options.cores, replicationsMaxOf(run.prepared))
    run.start(this.#pool, workers).then(
      (result) => this.#end(run, { status: run.isCancelled && result.partial ? 'cancelled' : 'done', result }),
      (error: unknown) => this.#end(run, failure(error)),
    )
  }

  #cancel(run: ActiveRun): void {
    run.cancel()
    if (run.study === undefined) this.#end(run, { status: 'cancelled' })
  }

  /** Keeps what came of a run and goes on with the next one. */
  #end(run: ActiveRun, change: RunChange): void {
    if (this.#closed) return
    this.#runs.splice(this.#runs.indexOf(run), 1)
    const faults = run.injectedFaults.length === 0 ? {} : { injectedFaults: run.injectedFaults }
    this.#change(run, { ...change, ...faults })
    this.#startNext()
  }

  /** Writes to the store and tells. What cannot be written makes the run fail, and that is told in any case. */
  #change(run: ActiveRun, change: RunChange): void {
    const { store, onEvent } = this.#options
    try {
      run.summary = store.runs.change(run.id, change)
    } catch (error) {
      run.summary = { ...run.summary, status: 'failed', error: unkept(error) }
    }
    onEvent({ event: 'run-changed', run: run.summary })
  }
}

/** What a request changes in its scenario, as the command line would. */
function overridesOf({ seed, replications, precision }: RunRequest): StudyOverride[] {
  const override = (flag: string, value: number | string | undefined): StudyOverride[] =>
    value === undefined ? [] : [{ flag, text: `run.${flag}=${value}` }]
  const percent =
    typeof precision === 'number' ? `${Number((precision * 100).toPrecision(PERCENT_DIGITS))}%` : undefined
  return [
    ...override('seed', seed),
    ...override('replications', replications),
    ...override('precision', precision === null ? '' : percent),
  ]
}

function newRunOf(request: RunRequest, loaded: LoadedScenario, prepared: PreparedStudy): NewRun {
  const { scenarioId, fresh: _, ...rest } = request
  const { planHash, study } = prepared
  const { precision, confidence, replications } = study
  const replicationsMax = replicationsMaxOf(prepared)
  const { document } = loaded.parsed
  invariant(document !== undefined, 'a scenario was prepared that has no document')
  return {
    scenarioId,
    scenarioName: loaded.name,
    revision: loaded.revision,
    scenarioText: writeScenario(document),
    planHash,
    seed: study.seed,
    engine: ENGINE_VERSION,
    replications,
    studyKey: JSON.stringify({ replications, replicationsMax, precision, confidence }),
    request: rest,
  }
}

function failure(error: unknown): RunChange {
  invariant(error instanceof HostError, 'a study failed with something else than an error of the host')
  // Stopped before anything was measured: there is nothing to tell but that.
  if (error.details.code === 'cancelled') return { status: 'cancelled' }
  return { status: 'failed', error: error.details }
}

function unkept(error: unknown): HostErrorDetails {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: 'storage',
    message: `what came of this run could not be kept: ${reason}`,
    hint: 'make sure that the data folder can be written and has room, then run it again',
    retryable: true,
  }
}

function readOnly(reason: string): HostError {
  const hint = 'open Headroom where it can write, or look at the runs that are here'
  return new HostError({ code: 'read-only', message: `nothing can be run: ${reason}`, hint, retryable: false })
}

function noRun(): HostError {
  return new HostError({
    code: 'not-found',
    message: 'there is no such run',
    hint: 'look at the list',
    retryable: false,
  })
}

function notYet(): HostError {
  const message = 'this run waits for the one before it'
  return new HostError({ code: 'invalid-call', message, hint: 'cancel it, or let it begin', retryable: true })
}

function notUnderWay(): HostError {
  const message = 'nothing can be broken in a run that is not under way'
  return new HostError({ code: 'invalid-call', message, hint: 'start it, then try again', retryable: false })
}
