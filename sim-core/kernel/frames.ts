// Everything known of the requests in flight: one frame a request or nested call, as columns of numbers.
import { invariant } from './invariant.ts'

/** Not in use. */
export const FRAME_FREE = 0
/** Its instructions are being run, or it is in line for that at this very instant. */
export const FRAME_ACTIVE = 1
/** Nothing to do until an event or another frame resumes it. */
export const FRAME_PARKED = 2
/** Parked in a wait queue. */
export const FRAME_QUEUED = 3
/** Parked in service and withdrawn by its caller: it fails when the service ends. */
export const FRAME_DOOMED = 4

/** "No frame", "no instance", "no key": handles are 0 or more. */
export const NONE = -1
/** `parent` of a frame whose caller no longer waits: its work goes on for nobody. */
export const ORPHAN = -2

/**
 * Columns over frame handles 0..capacity-1. Memory is reserved at once and touched as it is used, so a bound of a million
 * frames costs nothing until they are in flight.
 *
 * A frame has at most one pending wake-up; `wakeNs` says for when. An event of any other time is stale and is dropped, so
 * cancelling costs one store. The parts (queue, network, lock, retry) are what the frame has spent there so far; service
 * is the rest of its age, so parts always sum to the whole.
 */
export class Frames {
  readonly capacity: number
  readonly startNs: Float64Array
  readonly wakeNs: Float64Array
  /** Since when it waits, while it is queued. */
  readonly sinceNs: Float64Array
  /** Demand of the service that it waits for or receives. */
  readonly workNs: Float64Array
  readonly queueNs: Float64Array
  readonly networkNs: Float64Array
  readonly lockNs: Float64Array
  readonly retryNs: Float64Array
  /** Index of the instruction it is at. */
  readonly pc: Int32Array
  /** The calling frame, or NONE for a client's own request and for abandoned calls. */
  readonly parent: Int32Array
  /** Links of the wait queue that it stands in; `next` also chains free frames. */
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Counts the tries this slot ever made: a deadline belongs to one value and is void once it moved on. */
  readonly serial: Int32Array
  /** Instance of the service that runs it. */
  readonly instance: Int32Array
  /** The part of a database or cache that its present step chose. */
  readonly target: Int32Array
  /** Tries of its present call, or children still out of its present fork. */
  readonly attempt: Int32Array
  /** The frame of its present call, or NONE. */
  readonly child: Int32Array
  /** Slot of its trace, or NONE when it is not sampled. */
  readonly trace: Int32Array
  readonly state: Uint8Array
  readonly cause: Uint8Array
  readonly priority: Uint8Array
  /** Key of each population, row-major [frame x population]; NONE where the request draws none. */
  readonly keys: Int32Array
  readonly populations: number
  /** Frames in use now, and the most there ever were. */
  inUse = 0
  inUsePeak = 0
  /** Handles 0..highWater-1 have been used. */
  highWater = 0
  private free = NONE

  constructor(capacity: number, populations: number) {
    const doubles = (): Float64Array => new Float64Array(capacity)
    const ints = (): Int32Array => new Int32Array(capacity)
    this.capacity = capacity
    this.populations = populations
    this.startNs = doubles()
    this.wakeNs = doubles()
    this.sinceNs = doubles()
    this.workNs = doubles()
    this.queueNs = doubles()
    this.networkNs = doubles()
    this.lockNs = doubles()
    this.retryNs = doubles()
    this.pc = ints()
    this.parent = ints()
    this.next = ints()
    this.previous = ints()
    this.serial = ints()
    this.instance = ints()
    this.target = ints()
    this.attempt = ints()
    this.child = ints()
    this.trace = ints()
    this.state = new Uint8Array(capacity)
    this.cause = new Uint8Array(capacity)
    this.priority = new Uint8Array(capacity)
    this.keys = new Int32Array(capacity * populations)
  }

  /** A fresh active frame without parent, or NONE when the bound on requests in flight is reached. Keys are left to the caller. */
  allocate(nowNs: number): number {
    let frame = this.free
    if (frame >= 0) this.free = this.next[frame]!
    else {
      if (this.highWater === this.capacity) return NONE
      frame = this.highWater++
    }
    if (++this.inUse > this.inUsePeak) this.inUsePeak = this.inUse
    this.startNs[frame] = nowNs
    this.wakeNs[frame] = NaN
    this.queueNs[frame] = 0
    this.networkNs[frame] = 0
    this.lockNs[frame] = 0
    this.retryNs[frame] = 0
    this.parent[frame] = NONE
    this.instance[frame] = NONE
    this.child[frame] = NONE
    this.trace[frame] = NONE
    this.state[frame] = FRAME_ACTIVE
    this.cause[frame] = 0
    this.priority[frame] = 0
    return frame
  }

  /** Gives a frame back. Its pending events turn stale, its deadlines void. */
  release(frame: number): void {
    invariant(this.state[frame] !== FRAME_FREE, 'a frame is released twice')
    this.state[frame] = FRAME_FREE
    this.wakeNs[frame] = NaN
    this.serial[frame] = this.serial[frame]! + 1
    this.next[frame] = this.free
    this.free = frame
    this.inUse--
  }

  /** Gives `child` the parent's keys, priority and trace: one request has one key per population however deep it calls. */
  inherit(child: number, parent: number): void {
    const populations = this.populations
    for (let i = 0; i < populations; i++) this.keys[child * populations + i] = this.keys[parent * populations + i]!
    this.priority[child] = this.priority[parent]!
    this.trace[child] = this.trace[parent]!
  }

  /** Key of a population that this frame's request carries. */
  key(frame: number, population: number): number {
    return this.keys[frame * this.populations + population]!
  }

  /** Adds the parts of a finished call to those of its caller. */
  addParts(parent: number, child: number): void {
    this.queueNs[parent] = this.queueNs[parent]! + this.queueNs[child]!
    this.networkNs[parent] = this.networkNs[parent]! + this.networkNs[child]!
    this.lockNs[parent] = this.lockNs[parent]! + this.lockNs[child]!
    this.retryNs[parent] = this.retryNs[parent]! + this.retryNs[child]!
  }
}
