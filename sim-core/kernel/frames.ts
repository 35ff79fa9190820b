// Everything known of the requests in flight: one frame a request or nested call, as columns of numbers.
import { FrameRows, ROW_STATES } from './frame-rows.ts'
import { invariant } from './invariant.ts'

/** Not in use. */
export const FRAME_FREE = ROW_STATES.free
/** Its instructions are being run, or it is in line for that at this very instant. */
export const FRAME_ACTIVE = ROW_STATES.active
/** Nothing to do until an event or another frame resumes it. */
export const FRAME_PARKED = ROW_STATES.parked
/** Parked in a wait queue. */
export const FRAME_QUEUED = ROW_STATES.queued
/** Parked in service and withdrawn by its caller: it fails when the service ends. */
export const FRAME_DOOMED = ROW_STATES.doomed

/** "No frame", "no instance", "no key": handles are 0 or more. */
export const NONE = -1
/** `parent` of a frame whose caller no longer waits: its work goes on for nobody. */
export const ORPHAN = -2

/**
 * Records of numbers by frame handle, 0..capacity-1, a row of doubles and a row of integers each: what one event touches
 * of a frame lies in one or two cache lines (108 bytes a frame, and 4 a population). Memory is reserved at once and touched
 * as it is used, so a bound of a million frames costs nothing until they are in flight.
 *
 * A frame has at most one pending wake-up; `wakeNs` says for when. An event of any other time is stale and is dropped, so
 * cancelling costs one store. The parts (queue, network, lock, retry) are what the frame has spent there so far; service
 * is the rest of its age, so parts always sum to the whole.
 */
export class Frames extends FrameRows {
  /** Frames in use now, and the most there ever were. */
  inUse = 0
  inUsePeak = 0
  /** Handles 0..highWater-1 have been used. */
  highWater = 0
  private free = NONE

  /** A fresh active frame without parent, or NONE when the bound on requests in flight is reached. Keys are left to the caller. */
  allocate(nowNs: number): number {
    const frame = this.take()
    if (frame >= 0) this.setStartNs(frame, nowNs)
    return frame
  }

  private take(): number {
    let frame = this.free
    if (frame >= 0) this.free = this.next(frame)
    else {
      if (this.highWater === this.capacity) return NONE
      frame = this.highWater++
    }
    if (++this.inUse > this.inUsePeak) this.inUsePeak = this.inUse
    this.beginRow(frame)
    return frame
  }

  /** Gives a frame back. Its pending events turn stale, its deadlines void. */
  release(frame: number): void {
    invariant(this.endRow(frame, this.free), 'a frame is released twice')
    this.free = frame
    this.inUse--
  }
}
