/** Everything that the live picture of a run showed so far, for those who come later. */
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'
import type { LiveRun } from '../contract/live-run.ts'
import type { StudyProgress } from '../contract/study-api.ts'
import type { ReplicationPicture } from '../workers/worker-messages.ts'
import { SpeedMeter } from './speed-meter.ts'

const NS_PER_SECOND = 1e9

/** The pictures of one run. */
export class LiveRecord {
  readonly #runId: string
  readonly #endS: number
  readonly #nowMs: () => number
  readonly #speed = new SpeedMeter()
  readonly #rows = new Map<string, (number | null)[]>()
  #happenings: HappeningResult[] = []
  #last: LiveRun | null = null
  #pictures = 0

  constructor(runId: string, endS: number, nowMs: () => number) {
    this.#runId = runId
    this.#endS = endS
    this.#nowMs = nowMs
  }

  /** Takes in a picture; answers what is new. */
  add(replication: number, picture: ReplicationPicture, progress: StudyProgress): LiveRun {
    const { pictures, snapshot, fromBucket, rows, happenings } = picture
    if (pictures !== this.#pictures) this.#beginAnew(pictures)
    for (const [name, values] of Object.entries(rows)) {
      const column = this.#rows.get(name)
      if (column === undefined) this.#rows.set(name, [...values])
      else for (const value of values) column.push(value)
    }
    this.#happenings.push(...happenings)
    const speedFactor = this.#speed.read(this.#nowMs(), snapshot.nowS * NS_PER_SECOND)
    const live = { runId: this.#runId, replication, endS: this.#endS, speedFactor, progress, snapshot }
    this.#last = { ...live, fromBucket, rows, happenings }
    return this.#last
  }

  /** The run stood still: how fast it went before says nothing about now. */
  stoodStill(): void {
    this.#speed.reset()
  }

  /** All of it; null before the first picture. */
  whole(progress: StudyProgress): LiveRun | null {
    if (this.#last === null) return null
    const rows = Object.fromEntries([...this.#rows].map(([name, values]) => [name, [...values]]))
    return { ...this.#last, progress, fromBucket: 0, rows, happenings: [...this.#happenings] }
  }

  /** One column so far. */
  column(name: string): readonly (number | null)[] | undefined {
    return this.#rows.get(name)
  }

  /** Names of the columns so far. */
  get names(): readonly string[] {
    return [...this.#rows.keys()]
  }

  /** Another replication is shown. */
  #beginAnew(pictures: number): void {
    this.#pictures = pictures
    this.#rows.clear()
    this.#happenings = []
    this.#speed.reset()
  }
}
