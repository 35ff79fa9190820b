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

// Places of a frame's doubles.
const START_NS = 0
const WAKE_NS = 1
const SINCE_NS = 2
const WORK_NS = 3
const QUEUE_NS = 4
const NETWORK_NS = 5
const LOCK_NS = 6
const RETRY_NS = 7
const DOUBLES = 8

// Places of its integers.
const PC = 0
const PARENT = 1
const NEXT = 2
const PREVIOUS = 3
const SERIAL = 4
const INSTANCE = 5
const TARGET = 6
const ATTEMPT = 7
const CHILD = 8
const TRACE = 9
/** One integer whose bytes are the three below. */
const MARKS = 10
const INTEGERS = 11

// Places of its bytes, in the same memory as the integers.
const STATE = 4 * MARKS
const CAUSE = 4 * MARKS + 1
const PRIORITY = 4 * MARKS + 2
const BYTES = 4 * INTEGERS
/** `MARKS` of an active frame without cause and of the first priority; state is the lowest byte, as machines that run JavaScript order them. */
const ACTIVE_MARKS = FRAME_ACTIVE

/**
 * Records of numbers by frame handle, 0..capacity-1, a row of doubles and a row of integers each: what one event touches
 * of a frame lies in one or two cache lines (108 bytes a frame, and 4 a population). Memory is reserved at once and touched
 * as it is used, so a bound of a million frames costs nothing until they are in flight.
 *
 * A frame has at most one pending wake-up; `wakeNs` says for when. An event of any other time is stale and is dropped, so
 * cancelling costs one store. The parts (queue, network, lock, retry) are what the frame has spent there so far; service
 * is the rest of its age, so parts always sum to the whole.
 */
export class Frames {
  readonly capacity: number
  readonly populations: number
  /** Frames in use now, and the most there ever were. */
  inUse = 0
  inUsePeak = 0
  /** Handles 0..highWater-1 have been used. */
  highWater = 0
  /** Rows of doubles; see `workSlot` for the one use that others may make of it. */
  readonly doubles: Float64Array
  private readonly integers: Int32Array
  /** The bytes of `integers`. */
  private readonly bytes: Uint8Array
  /** Key of each population, row-major [frame x population]. */
  private readonly keys: Int32Array
  private free = NONE

  constructor(capacity: number, populations: number) {
    this.capacity = capacity
    this.populations = populations
    this.doubles = new Float64Array(capacity * DOUBLES)
    this.integers = new Int32Array(capacity * INTEGERS)
    this.bytes = new Uint8Array(this.integers.buffer)
    this.keys = new Int32Array(capacity * populations)
  }

  /** A fresh active frame without parent, or NONE when the bound on requests in flight is reached. Keys are left to the caller. */
  allocate(nowNs: number): number {
    const frame = this.take()
    if (frame >= 0) this.doubles[frame * DOUBLES + START_NS] = nowNs
    return frame
  }

  private take(): number {
    const integers = this.integers
    let frame = this.free
    if (frame >= 0) this.free = integers[frame * INTEGERS + NEXT]!
    else {
      if (this.highWater === this.capacity) return NONE
      frame = this.highWater++
    }
    if (++this.inUse > this.inUsePeak) this.inUsePeak = this.inUse
    const doubles = this.doubles
    const atDoubles = frame * DOUBLES
    doubles[atDoubles + WAKE_NS] = NaN
    doubles[atDoubles + QUEUE_NS] = 0
    doubles[atDoubles + NETWORK_NS] = 0
    doubles[atDoubles + LOCK_NS] = 0
    doubles[atDoubles + RETRY_NS] = 0
    const atIntegers = frame * INTEGERS
    integers[atIntegers + PARENT] = NONE
    integers[atIntegers + INSTANCE] = NONE
    integers[atIntegers + CHILD] = NONE
    integers[atIntegers + TRACE] = NONE
    integers[atIntegers + MARKS] = ACTIVE_MARKS
    return frame
  }

  /** Gives a frame back. Its pending events turn stale, its deadlines void. */
  release(frame: number): void {
    const integers = this.integers
    const at = frame * INTEGERS
    const bytes = this.bytes
    invariant(bytes[frame * BYTES + STATE] !== FRAME_FREE, 'a frame is released twice')
    bytes[frame * BYTES + STATE] = FRAME_FREE
    integers[at + SERIAL] = integers[at + SERIAL]! + 1
    integers[at + NEXT] = this.free
    this.doubles[frame * DOUBLES + WAKE_NS] = NaN
    this.free = frame
    this.inUse--
  }

  /** Sets the parts back to nothing, as at the start of a request. */
  clearParts(frame: number): void {
    this.doubles.fill(0, frame * DOUBLES + QUEUE_NS, frame * DOUBLES + RETRY_NS + 1)
  }

  /** Gives `child` the parent's keys, priority and trace: one request has one key per population however deep it calls. */
  inherit(child: number, parent: number): void {
    const populations = this.populations
    for (let i = 0; i < populations; i++) this.keys[child * populations + i] = this.keys[parent * populations + i]!
    const integers = this.integers
    this.bytes[child * BYTES + PRIORITY] = this.bytes[parent * BYTES + PRIORITY]!
    integers[child * INTEGERS + TRACE] = integers[parent * INTEGERS + TRACE]!
  }

  /** Adds the parts of a finished call to those of its caller. */
  addParts(parent: number, child: number): void {
    const doubles = this.doubles
    const to = parent * DOUBLES
    const from = child * DOUBLES
    for (let part = QUEUE_NS; part <= RETRY_NS; part++) doubles[to + part] = doubles[to + part]! + doubles[from + part]!
  }

  /** Parks a frame for the time in its `workNs`, from `clock[0]` on, and writes when that ends into `clock[endAt]` as well. */
  parkForWork(frame: number, clock: Float64Array, endAt: number): void {
    const doubles = this.doubles
    const row = frame * DOUBLES
    const nowNs = clock[0]!
    const endNs = nowNs + doubles[row + WORK_NS]!
    doubles[row + SINCE_NS] = nowNs
    doubles[row + WAKE_NS] = endNs
    clock[endAt] = endNs
    this.bytes[frame * BYTES + STATE] = FRAME_PARKED
  }

  /** Where `workNs` stands in `doubles`: memory for an algorithm that keeps one number a request while it is not in service. */
  workSlot(frame: number): number {
    return frame * DOUBLES + WORK_NS
  }

  /** Key of a population that this frame's request carries. */
  key(frame: number, population: number): number {
    return this.keys[frame * this.populations + population]!
  }

  setKey(frame: number, population: number, key: number): void {
    this.keys[frame * this.populations + population] = key
  }

  /** When the request or call began. */
  startNs(frame: number): number {
    return this.doubles[frame * DOUBLES + START_NS]!
  }

  setStartNs(frame: number, valueNs: number): void {
    this.doubles[frame * DOUBLES + START_NS] = valueNs
  }

  /** When its pending wake-up is due; NaN when there is none. */
  wakeNs(frame: number): number {
    return this.doubles[frame * DOUBLES + WAKE_NS]!
  }

  setWakeNs(frame: number, valueNs: number): void {
    this.doubles[frame * DOUBLES + WAKE_NS] = valueNs
  }

  /** Since when it waits, is served or tries, whichever it does now. */
  sinceNs(frame: number): number {
    return this.doubles[frame * DOUBLES + SINCE_NS]!
  }

  setSinceNs(frame: number, valueNs: number): void {
    this.doubles[frame * DOUBLES + SINCE_NS] = valueNs
  }

  /** Service demand that it waits for or receives. */
  workNs(frame: number): number {
    return this.doubles[frame * DOUBLES + WORK_NS]!
  }

  setWorkNs(frame: number, valueNs: number): void {
    this.doubles[frame * DOUBLES + WORK_NS] = valueNs
  }

  /** Time spent in queues so far. */
  queueNs(frame: number): number {
    return this.doubles[frame * DOUBLES + QUEUE_NS]!
  }

  addQueueNs(frame: number, byNs: number): void {
    const at = frame * DOUBLES + QUEUE_NS
    this.doubles[at] = this.doubles[at]! + byNs
  }

  /** Time spent on the way between components so far. */
  networkNs(frame: number): number {
    return this.doubles[frame * DOUBLES + NETWORK_NS]!
  }

  addNetworkNs(frame: number, byNs: number): void {
    const at = frame * DOUBLES + NETWORK_NS
    this.doubles[at] = this.doubles[at]! + byNs
  }

  /** Time spent waiting for locks so far. */
  lockNs(frame: number): number {
    return this.doubles[frame * DOUBLES + LOCK_NS]!
  }

  addLockNs(frame: number, byNs: number): void {
    const at = frame * DOUBLES + LOCK_NS
    this.doubles[at] = this.doubles[at]! + byNs
  }

  /** Time lost to failed tries and the pauses after them so far. */
  retryNs(frame: number): number {
    return this.doubles[frame * DOUBLES + RETRY_NS]!
  }

  addRetryNs(frame: number, byNs: number): void {
    const at = frame * DOUBLES + RETRY_NS
    this.doubles[at] = this.doubles[at]! + byNs
  }

  /** Index of the instruction it is at. */
  pc(frame: number): number {
    return this.integers[frame * INTEGERS + PC]!
  }

  setPc(frame: number, value: number): void {
    this.integers[frame * INTEGERS + PC] = value
  }

  /** The calling frame, NONE for a client's own request, ORPHAN for an abandoned call. */
  parent(frame: number): number {
    return this.integers[frame * INTEGERS + PARENT]!
  }

  setParent(frame: number, value: number): void {
    this.integers[frame * INTEGERS + PARENT] = value
  }

  /** Next in the wait queue that it stands in; also chains free frames. */
  next(frame: number): number {
    return this.integers[frame * INTEGERS + NEXT]!
  }

  setNext(frame: number, value: number): void {
    this.integers[frame * INTEGERS + NEXT] = value
  }

  /** Previous in that queue. */
  previous(frame: number): number {
    return this.integers[frame * INTEGERS + PREVIOUS]!
  }

  setPrevious(frame: number, value: number): void {
    this.integers[frame * INTEGERS + PREVIOUS] = value
  }

  /** Counts the tries this slot ever made: a deadline belongs to one value and is void once it moved on. */
  serial(frame: number): number {
    return this.integers[frame * INTEGERS + SERIAL]!
  }

  setSerial(frame: number, value: number): void {
    this.integers[frame * INTEGERS + SERIAL] = value
  }

  /** Instance of the service that runs it. */
  instance(frame: number): number {
    return this.integers[frame * INTEGERS + INSTANCE]!
  }

  setInstance(frame: number, value: number): void {
    this.integers[frame * INTEGERS + INSTANCE] = value
  }

  /** The part of a database or cache that its present step chose. */
  target(frame: number): number {
    return this.integers[frame * INTEGERS + TARGET]!
  }

  setTarget(frame: number, value: number): void {
    this.integers[frame * INTEGERS + TARGET] = value
  }

  /** Tries of its present call, or children still out of its present fork. */
  attempt(frame: number): number {
    return this.integers[frame * INTEGERS + ATTEMPT]!
  }

  setAttempt(frame: number, value: number): void {
    this.integers[frame * INTEGERS + ATTEMPT] = value
  }

  /** The frame of its present call, or of the first branch of its present fork; or NONE. */
  child(frame: number): number {
    return this.integers[frame * INTEGERS + CHILD]!
  }

  setChild(frame: number, value: number): void {
    this.integers[frame * INTEGERS + CHILD] = value
  }

  /** Its trace, or NONE when it is not sampled. */
  trace(frame: number): number {
    return this.integers[frame * INTEGERS + TRACE]!
  }

  setTrace(frame: number, value: number): void {
    this.integers[frame * INTEGERS + TRACE] = value
  }

  /** One of the FRAME_ constants. */
  state(frame: number): number {
    return this.bytes[frame * BYTES + STATE]!
  }

  setState(frame: number, value: number): void {
    this.bytes[frame * BYTES + STATE] = value
  }

  /** Why it failed, 0 while it has not. */
  cause(frame: number): number {
    return this.bytes[frame * BYTES + CAUSE]!
  }

  setCause(frame: number, value: number): void {
    this.bytes[frame * BYTES + CAUSE] = value
  }

  /** 0 is served first. */
  priority(frame: number): number {
    return this.bytes[frame * BYTES + PRIORITY]!
  }

  setPriority(frame: number, value: number): void {
    this.bytes[frame * BYTES + PRIORITY] = value
  }
}
