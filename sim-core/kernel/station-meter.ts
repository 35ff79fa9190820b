// What a group of like stations measures: busy and waiting integrals, visits and waits, cheap enough for every change.
import type { Frames } from './frames.ts'
import { HISTOGRAM_BUCKETS, recordDuration } from './log-histogram.ts'

/** Places in `StationMeter.sums`. */
const FROM_NS = 0
const BUSY_AREA = 1
const QUEUE_AREA = 2
const SERVER_AREA = 3
const WAIT_SUM = 4
const SUMS = 5

/** What a meter counted since it was last reset; areas are in server x ns. */
export interface StationReading {
  readonly visits: number
  readonly waited: number
  readonly rejected: number
  readonly abandoned: number
  readonly completed: number
  readonly busyArea: number
  readonly queueArea: number
  readonly serverArea: number
  readonly waitSumNs: number
}

/**
 * Measures all stations of one name together ("catalog/cpu" over its instances). Stations report each change of how many
 * are busy and how many wait. The integral of a count over a stretch is the count at its end times its length, minus for
 * every change the change times the time into the stretch at which it came: one product and one sum a change.
 */
export class StationMeter {
  /** [start of the stretch in ns, busy area, queue area, server area, sum of waits in ns]. */
  private readonly sums = new Float64Array(SUMS)
  /** Waits longer than zero by duration; waits of zero are `visits - waited`. */
  readonly waits = new Uint32Array(HISTOGRAM_BUCKETS)
  busy = 0
  queued = 0
  servers = 0
  visits = 0
  rejected = 0
  abandoned = 0
  completed = 0
  private waited = 0
  private readonly clock: Float64Array

  /** @param clock [0] is the present instant in ns */
  constructor(clock: Float64Array) {
    this.clock = clock
  }

  /** `by` more frames are in service from now on. */
  changeBusy(by: number): void {
    const sums = this.sums
    this.busy += by
    sums[BUSY_AREA] = sums[BUSY_AREA]! - by * (this.clock[0]! - sums[FROM_NS]!)
  }

  /** `by` more frames wait from now on. */
  changeQueued(by: number): void {
    const sums = this.sums
    this.queued += by
    sums[QUEUE_AREA] = sums[QUEUE_AREA]! - by * (this.clock[0]! - sums[FROM_NS]!)
  }

  /** `by` more servers are there from `nowNs` on. */
  changeServers(nowNs: number, by: number): void {
    const sums = this.sums
    this.servers += by
    sums[SERVER_AREA] = sums[SERVER_AREA]! - by * (nowNs - sums[FROM_NS]!)
  }

  /** A frame's wait, which began at its `sinceNs`, has ended in service: it counts here and as a part of the frame's time. */
  waitEnded(frames: Frames, frame: number): void {
    const sums = this.sums
    const nowNs = this.clock[0]!
    const waitNs = nowNs - frames.sinceNs(frame)
    frames.addQueueNs(frame, waitNs)
    this.queued--
    this.waited++
    sums[QUEUE_AREA] = sums[QUEUE_AREA]! + (nowNs - sums[FROM_NS]!)
    sums[WAIT_SUM] = sums[WAIT_SUM]! + waitNs
    recordDuration(this.waits, waitNs)
  }

  /** A wait of this length has ended in service. */
  recordWait(waitNs: number): void {
    this.waited++
    this.sums[WAIT_SUM] = this.sums[WAIT_SUM]! + waitNs
    recordDuration(this.waits, waitNs)
  }

  /** What was counted since the last reset, integrals up to `nowNs`. */
  read(nowNs: number): StationReading {
    const sums = this.sums
    const elapsedNs = nowNs - sums[FROM_NS]!
    return {
      visits: this.visits,
      waited: this.waited,
      rejected: this.rejected,
      abandoned: this.abandoned,
      completed: this.completed,
      busyArea: sums[BUSY_AREA]! + this.busy * elapsedNs,
      queueArea: sums[QUEUE_AREA]! + this.queued * elapsedNs,
      serverArea: sums[SERVER_AREA]! + this.servers * elapsedNs,
      waitSumNs: sums[WAIT_SUM]!,
    }
  }

  /** Forgets what was counted; who is busy and who waits stays. */
  reset(nowNs: number): void {
    this.sums.fill(0)
    this.sums[FROM_NS] = nowNs
    this.waits.fill(0)
    this.visits = 0
    this.waited = 0
    this.rejected = 0
    this.abandoned = 0
    this.completed = 0
  }
}
