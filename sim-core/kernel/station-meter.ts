// What a group of like stations measures: busy and waiting integrals, visits and waits, cheap enough for every change.
import { HISTOGRAM_BUCKETS, recordDuration } from './log-histogram.ts'

/** Places in `StationMeter.sums`. */
const LAST_NS = 0
const BUSY_AREA = 1
const QUEUE_AREA = 2
const SERVER_AREA = 3
const WAIT_SUM = 4
export const METER_SUMS = 5

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
 * Measures all stations of one name together ("catalog/cpu" over its instances). Stations report changes of how many are
 * busy and how many wait; integrals over time are kept up to the last change.
 */
export class StationMeter {
  /** [last change in ns, busy area, queue area, server area, sum of waits in ns]. */
  private readonly sums = new Float64Array(METER_SUMS)
  /** Waits longer than zero by duration; waits of zero are `visits - waited`. */
  readonly waits = new Uint32Array(HISTOGRAM_BUCKETS)
  busy = 0
  queued = 0
  servers = 0
  visits = 0
  waited = 0
  rejected = 0
  abandoned = 0
  completed = 0

  /** Brings the integrals up to `nowNs`; to be called before any of busy, queued or servers changes. */
  advance(nowNs: number): void {
    const sums = this.sums
    const elapsedNs = nowNs - sums[LAST_NS]!
    sums[LAST_NS] = nowNs
    sums[BUSY_AREA] = sums[BUSY_AREA]! + this.busy * elapsedNs
    sums[QUEUE_AREA] = sums[QUEUE_AREA]! + this.queued * elapsedNs
    sums[SERVER_AREA] = sums[SERVER_AREA]! + this.servers * elapsedNs
  }

  /** A wait has ended in service. */
  recordWait(waitNs: number): void {
    this.waited++
    this.sums[WAIT_SUM] = this.sums[WAIT_SUM]! + waitNs
    recordDuration(this.waits, waitNs)
  }

  /** Stations come (positive) or go. */
  changeServers(nowNs: number, by: number): void {
    this.advance(nowNs)
    this.servers += by
  }

  /** What was counted since the last reset, integrals up to `nowNs`. */
  read(nowNs: number): StationReading {
    this.advance(nowNs)
    const sums = this.sums
    return {
      visits: this.visits,
      waited: this.waited,
      rejected: this.rejected,
      abandoned: this.abandoned,
      completed: this.completed,
      busyArea: sums[BUSY_AREA]!,
      queueArea: sums[QUEUE_AREA]!,
      serverArea: sums[SERVER_AREA]!,
      waitSumNs: sums[WAIT_SUM]!,
    }
  }

  /** Forgets what was counted; who is busy and who waits stays. */
  reset(nowNs: number): void {
    this.sums.fill(0)
    this.sums[LAST_NS] = nowNs
    this.waits.fill(0)
    this.visits = 0
    this.waited = 0
    this.rejected = 0
    this.abandoned = 0
    this.completed = 0
  }
}
