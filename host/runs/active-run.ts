/** One run from the moment it is asked for to its end. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { LiveRun } from '../contract/live-run.ts'
import type { InjectedFault, RunStatus, RunSummary } from '../contract/run-records.ts'
import type { StudyProgress } from '../contract/study-api.ts'
import { LiveRecord } from './live-record.ts'
import type { ReplicationRunner } from './replication-queue.ts'
import type { PreparedStudy } from './scenario-study.ts'
import { StudyRun } from './study-run.ts'

const NS_PER_SECOND = 1e9

/** What a run is made from. */
export interface ActiveRunOptions {
  readonly summary: RunSummary
  /** Name of the scenario's file, for errors. */
  readonly file: string
  /** The scenario, bases merged. */
  readonly document: JsonValue
  readonly prepared: PreparedStudy
  readonly nowMs: () => number
  readonly onLive: (live: LiveRun) => void
}

/** A run that is queued or under way. */
export class ActiveRun {
  /** As the store has it. */
  summary: RunSummary
  readonly document: JsonValue
  readonly prepared: PreparedStudy
  readonly #options: ActiveRunOptions
  readonly #live: LiveRecord
  #study: StudyRun | undefined
  #progress: StudyProgress | null = null
  #injectedFaults: readonly InjectedFault[] = []
  #isCancelled = false

  constructor(options: ActiveRunOptions) {
    this.#options = options
    this.summary = options.summary
    this.document = options.document
    this.prepared = options.prepared
    const { durationNs } = options.prepared.plan.measurement
    this.#live = new LiveRecord(this.id, durationNs / NS_PER_SECOND, options.nowMs)
  }

  get id(): string {
    return this.summary.id
  }

  get status(): RunStatus {
    return this.summary.status
  }

  /** Undefined while it is queued. */
  get study(): StudyRun | undefined {
    return this.#study
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  get injectedFaults(): readonly InjectedFault[] {
    return this.#injectedFaults
  }

  /** How far it is; null while it is queued. */
  get progress(): StudyProgress | null {
    return this.#progress
  }

  /** Everything that the live picture showed so far. */
  get live(): LiveRun | null {
    return this.#progress === null ? null : this.#live.whole(this.#progress)
  }

  /** Names of the series that the live picture has so far, and one of them. */
  get seriesNames(): readonly string[] {
    return this.#live.names
  }

  series(name: string): readonly (number | null)[] | undefined {
    return this.#live.column(name)
  }

  /** Begins; rejects with a HostError. */
  async start(runner: ReplicationRunner, workers: number): Promise<StudyResult> {
    const { prepared, file, nowMs, onLive } = this.#options
    this.#study = new StudyRun({
      prepared,
      file,
      runner,
      workers,
      nowMs,
      onProgress: (progress) => (this.#progress = progress),
      onPicture: (replication, picture) => onLive(this.#live.add(replication, picture, this.#progress!)),
    })
    return await this.#study.result
  }

  cancel(): void {
    this.#isCancelled = true
    this.#study?.cancel()
  }

  pause(): void {
    this.#study?.pause()
  }

  resume(): void {
    this.#live.stoodStill()
    this.#study?.resume()
  }

  /** See ReplicationQueue; notes the fault when it strikes. */
  async inject(faultAt: (atNs: number) => PlanFault, fault: Omit<InjectedFault, 'atS'>): Promise<number | undefined> {
    const atNs = await this.#study?.inject(faultAt)
    if (atNs !== undefined) this.#injectedFaults = [...this.#injectedFaults, { ...fault, atS: atNs / NS_PER_SECOND }]
    return atNs
  }
}
