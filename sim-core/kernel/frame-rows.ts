// The numbers of a frame and where they lie: one row of doubles and one of integers each.

// States, as the integers know them. They stand here because a module's own constant is folded into the code, while one
// that another module exports is read from there and checked each time.
const FREE = 0
const ACTIVE = 1
const PARKED = 2
const QUEUED = 3
const DOOMED = 4
const NOTHING = -1

/** The states of a row by name, for whoever names them outside. */
export const ROW_STATES = { free: FREE, active: ACTIVE, parked: PARKED, queued: QUEUED, doomed: DOOMED } as const

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
const ACTIVE_MARKS = ACTIVE

/** Rows of numbers by frame handle: what `Frames` deals out, without what it knows of the whole. */
export class FrameRows {
  readonly capacity: number
  readonly populations: number
  /** Rows of doubles; see `workSlot` for the one use that others may make of it. */
  readonly doubles: Float64Array
  private readonly integers: Int32Array
  /** The bytes of `integers`. */
  private readonly bytes: Uint8Array
  /** Key of each population, row-major [frame x population]. */
  private readonly keys: Int32Array
  /** By frame; absent unless some policy hands deadlines on. */
  private deadlines: Float64Array | undefined

  constructor(capacity: number, populations: number) {
    this.capacity = capacity
    this.populations = populations
    this.doubles = new Float64Array(capacity * DOUBLES)
    this.integers = new Int32Array(capacity * INTEGERS)
    this.bytes = new Uint8Array(this.integers.buffer)
    this.keys = new Int32Array(capacity * populations)
  }

  /** Writes the row of a fresh active frame, but for its start and its keys. */
  protected beginRow(frame: number): void {
    const { doubles, integers } = this
    const atDoubles = frame * DOUBLES
    doubles[atDoubles + WAKE_NS] = NaN
    doubles[atDoubles + QUEUE_NS] = 0
    doubles[atDoubles + NETWORK_NS] = 0
    doubles[atDoubles + LOCK_NS] = 0
    doubles[atDoubles + RETRY_NS] = 0
    const atIntegers = frame * INTEGERS
    integers[atIntegers + PARENT] = NOTHING
    integers[atIntegers + INSTANCE] = NOTHING
    integers[atIntegers + CHILD] = NOTHING
    integers[atIntegers + TRACE] = NOTHING
    integers[atIntegers + MARKS] = ACTIVE_MARKS
  }

  /** Frees the row, `next` being the free one after it; false when it was free already. */
  protected endRow(frame: number, next: number): boolean {
    const { integers, bytes } = this
    if (bytes[frame * BYTES + STATE] === FREE) return false
    const at = frame * INTEGERS
    bytes[frame * BYTES + STATE] = FREE
    integers[at + SERIAL] = integers[at + SERIAL]! + 1
    integers[at + NEXT] = next
    this.doubles[frame * DOUBLES + WAKE_NS] = NaN
    return true
  }

  /** Sets the parts back to nothing, as at the start of a request. */
  clearParts(frame: number): void {
    const { doubles } = this
    const row = frame * DOUBLES
    for (let part = QUEUE_NS; part <= RETRY_NS; part++) doubles[row + part] = 0
  }

  /** Gives `child` the parent's keys, priority and trace: one request has one key per population however deep it calls. */
  inherit(child: number, parent: number): void {
    const populations = this.populations
    for (let i = 0; i < populations; i++) this.keys[child * populations + i] = this.keys[parent * populations + i]!
    const integers = this.integers
    this.bytes[child * BYTES + PRIORITY] = this.bytes[parent * BYTES + PRIORITY]!
    integers[child * INTEGERS + TRACE] = integers[parent * INTEGERS + TRACE]!
    if (this.deadlines !== undefined) this.deadlines[child] = this.deadlineNs(parent)
  }

  /** From now on calls have the deadlines of their callers. Asked for while the run is set up. */
  keepDeadlines(): void {
    this.deadlines ??= new Float64Array(this.capacity)
  }

  /** When the caller of this call, or whoever called that one, stops waiting; Infinity when that is not known. */
  deadlineNs(frame: number): number {
    const { deadlines } = this
    return deadlines === undefined || this.parent(frame) === NOTHING ? Infinity : deadlines[frame]!
  }

  /** Sets the deadline of a call; deadlines must be kept. */
  setDeadlineNs(frame: number, valueNs: number): void {
    this.deadlines![frame] = valueNs
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
    this.bytes[frame * BYTES + STATE] = PARKED
  }

  /** Notes that a frame waits in a queue from `clock[0]` on. */
  queueUp(frame: number, clock: Float64Array): void {
    this.doubles[frame * DOUBLES + SINCE_NS] = clock[0]!
    this.bytes[frame * BYTES + STATE] = QUEUED
  }

  isQueued(frame: number): boolean {
    return this.bytes[frame * BYTES + STATE] === QUEUED
  }

  /** Takes the frame's wake-up, which is due, off; answers whether the frame was withdrawn meanwhile. */
  beginWake(frame: number): boolean {
    this.doubles[frame * DOUBLES + WAKE_NS] = NaN
    return this.bytes[frame * BYTES + STATE] === DOOMED
  }

  /** Puts an active frame in line to go on at `pc`. */
  activate(frame: number, pc: number): void {
    this.integers[frame * INTEGERS + PC] = pc
    this.bytes[frame * BYTES + STATE] = ACTIVE
    this.doubles[frame * DOUBLES + WAKE_NS] = NaN
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
