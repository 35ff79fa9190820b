// The future event list: pops events in exact (time, priority, sequence) order.
import { invariant } from './invariant.ts'

/** What `pop` returns when no event is pending. */
export const NO_EVENT = -1

/**
 * Order among events of one instant: control (faults, scaling) before completions, completions before arrivals, so that a
 * server freed at an instant serves who arrives at it, and measurement last, so that it sees the instant whole.
 */
export const PRIORITY_CONTROL = 0
export const PRIORITY_COMPLETION = 1
export const PRIORITY_ARRIVAL = 2
export const PRIORITY_MEASUREMENT = 3

/** Where `clock` takes the time of an event that is pushed by `pushPrepared`. */
export const PUSH_NS = 2

/** The same for use in here: a module's own constant is folded into the code, an exported one is read each time. */
const PUSH_PLACE = PUSH_NS

/** Sequence numbers per priority; 2^50 events are a century of runs, and 4 x 2^50 is still an exact double. */
const SEQUENCE_SPAN = 2 ** 50
/** Above this many pending events buckets beat a plain heap (measured: equal at about 50). */
const HEAP_EVENTS_MAX = 64
/** Few enough to go back to the plain heap; lower than the bound above so that the mode does not flutter. */
const HEAP_AGAIN_EVENTS = 32
/** A bucket with more events than this is split into a finer rung instead of being sorted at once. */
const BUCKET_EVENTS_MAX = 50
/** Each rung is at least 50 times finer than the one above; eight cover every 53-bit span. */
const RUNGS_MAX = 8
/** Pending times thin out towards the end, so equal buckets need to be finer than one an event (measured: 50 ns against 60). */
const BUCKETS_PER_EVENT = 4

/** Doubles kept per rung, in one array for all rungs. */
const RUNG_DOUBLES = 4
/** Start of the rung's first bucket, in ns. */
const START = 0
/** Reciprocal of the bucket width (exact: widths are powers of two). */
const INVERSE_WIDTH = 1
const WIDTH = 2
/** End of the bucket taken last: events from here on still belong to this rung. */
const TAKEN_UP_TO = 3

/**
 * A ladder queue whose bottom is a small binary heap.
 *
 * Source: W. T. Tang, R. S. M. Goh, I. L.-J. Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete
 * event simulation", ACM TOMACS 15(3), 2005.
 * Differs from the source: the bottom is a heap ordered by (time, tie), not a sorted list, so equal times cost O(log n) and
 * come out first in, first out; bucket widths are powers of two of integer nanoseconds, so no rounding can misplace an event;
 * with few events pending the heap alone is used; a popped root stays as a hole that the next push fills (one sift, not two).
 *
 * push and pop take amortised O(1), O(log n) among events of one instant. Times are integers in ns.
 */
export class EventQueue {
  /** [0] the time of the event popped last, in ns; [1] the next sequence number; [2] the time of the event being pushed. */
  readonly clock = new Float64Array(3)
  private pending = 0
  // Bottom: binary heap in parallel arrays; the root is a hole after a pop.
  private bottomTime = new Float64Array(256)
  private bottomTie = new Float64Array(256)
  private bottomPayload = new Int32Array(256)
  private bottomLength = 0
  private hole = false
  // Nodes of buckets and top: linked lists by index.
  private nodeTime = new Float64Array(256)
  private nodeTie = new Float64Array(256)
  private nodePayload = new Int32Array(256)
  private nodeNext = new Int32Array(256)
  private nodesUsed = 0
  private freeNode = -1
  // Top: everything at or after topStart, unsorted.
  private readonly topBounds = Float64Array.of(Infinity, Infinity, -Infinity) // [start, min, max]
  private topHead = -1
  private topLength = 0
  // Rungs, outermost first: bucket b holds times in [start + b * width, start + (b + 1) * width).
  private readonly rungBounds = new Float64Array(RUNGS_MAX * RUNG_DOUBLES)
  private readonly rungHeads: Int32Array[] = []
  private readonly rungCurrent = new Int32Array(RUNGS_MAX)
  private readonly rungBuckets = new Int32Array(RUNGS_MAX)
  private rungCount = 0

  /** How many events are pending. */
  get length(): number {
    return this.pending
  }

  /** Schedules `payload` (an int32) at `timeNs`, after everything already scheduled there with the same priority. */
  push(timeNs: number, priority: number, payload: number): void {
    this.clock[PUSH_NS] = timeNs
    this.pushPrepared(priority, payload)
  }

  /** As `push`, the time being in `clock[PUSH_NS]`: passed to a call that is not inlined, it would be boxed, at 5 ns each. */
  pushPrepared(priority: number, payload: number): void {
    const clock = this.clock
    const timeNs = clock[PUSH_PLACE]!
    const tie = priority * SEQUENCE_SPAN + clock[1]!
    clock[1] = clock[1]! + 1
    this.pending++
    if (timeNs >= this.topBounds[0]!) this.pushTop(timeNs, tie, payload)
    else if (this.rungCount === 0) this.pushBottom(timeNs, tie, payload)
    else this.pushRung(timeNs, tie, payload)
  }

  /** Takes the earliest event, sets `clock[0]` to its time and returns its payload, or NO_EVENT. */
  pop(): number {
    if (this.hole) this.closeHole()
    if (this.bottomLength === 0) {
      if (this.pending === 0) return NO_EVENT
      this.refill()
    }
    this.pending--
    this.hole = true
    this.clock[0] = this.bottomTime[0]!
    return this.bottomPayload[0]!
  }

  /** Time of the earliest pending event in ns, or Infinity. */
  peekNs(): number {
    if (this.hole) this.closeHole()
    if (this.bottomLength === 0) {
      if (this.pending === 0) return Infinity
      this.refill()
    }
    return this.bottomTime[0]!
  }

  private pushBottom(timeNs: number, tie: number, payload: number): void {
    if (this.hole) {
      this.hole = false
      this.siftDown(timeNs, tie, payload, this.bottomLength)
      return
    }
    if (this.bottomLength >= HEAP_EVENTS_MAX) {
      if (this.rungCount === 0 && this.topBounds[0] === Infinity) {
        this.spill()
        this.pushTop(timeNs, tie, payload)
        return
      }
      if (this.bottomLength === this.bottomTime.length) this.growBottom()
    }
    this.siftUp(timeNs, tie, payload)
  }

  private siftUp(timeNs: number, tie: number, payload: number): void {
    const times = this.bottomTime
    const ties = this.bottomTie
    const payloads = this.bottomPayload
    let at = this.bottomLength++
    while (at > 0) {
      const parent = (at - 1) >> 1
      const parentTime = times[parent]!
      if (parentTime < timeNs || (parentTime === timeNs && ties[parent]! < tie)) break
      times[at] = parentTime
      ties[at] = ties[parent]!
      payloads[at] = payloads[parent]!
      at = parent
    }
    times[at] = timeNs
    ties[at] = tie
    payloads[at] = payload
  }

  /** Places an event at the root of a heap of `length` entries and lets it sink. */
  private siftDown(timeNs: number, tie: number, payload: number, length: number): void {
    const times = this.bottomTime
    const ties = this.bottomTie
    const payloads = this.bottomPayload
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      let childTime = times[child]!
      const right = child + 1
      if (right < length) {
        const rightTime = times[right]!
        if (rightTime < childTime || (rightTime === childTime && ties[right]! < ties[child]!)) {
          child = right
          childTime = rightTime
        }
      }
      if (childTime > timeNs || (childTime === timeNs && ties[child]! > tie)) break
      times[at] = childTime
      ties[at] = ties[child]!
      payloads[at] = payloads[child]!
      at = child
    }
    times[at] = timeNs
    ties[at] = tie
    payloads[at] = payload
  }

  private closeHole(): void {
    this.hole = false
    const last = --this.bottomLength
    if (last > 0) this.siftDown(this.bottomTime[last]!, this.bottomTie[last]!, this.bottomPayload[last]!, last)
  }

  private pushTop(timeNs: number, tie: number, payload: number): void {
    const node = this.newNode(timeNs, tie, payload)
    this.nodeNext[node] = this.topHead
    this.topHead = node
    this.topLength++
    const bounds = this.topBounds
    if (timeNs < bounds[1]!) bounds[1] = timeNs
    if (timeNs > bounds[2]!) bounds[2] = timeNs
  }

  private pushRung(timeNs: number, tie: number, payload: number): void {
    const bounds = this.rungBounds
    const rungCount = this.rungCount
    for (let rung = 0; rung < rungCount; rung++) {
      if (timeNs >= bounds[rung * RUNG_DOUBLES + TAKEN_UP_TO]!) {
        this.link(rung, timeNs, this.newNode(timeNs, tie, payload))
        return
      }
    }
    this.pushBottom(timeNs, tie, payload)
  }

  private link(rung: number, timeNs: number, node: number): void {
    const at = rung * RUNG_DOUBLES
    const heads = this.rungHeads[rung]!
    const bucket = ((timeNs - this.rungBounds[at]!) * this.rungBounds[at + INVERSE_WIDTH]!) | 0
    this.nodeNext[node] = heads[bucket]!
    heads[bucket] = node
  }

  /** Moves the whole heap to the top, which ends the plain-heap mode. */
  private spill(): void {
    this.topBounds[0] = -Infinity
    const length = this.bottomLength
    this.bottomLength = 0
    for (let i = 0; i < length; i++) this.pushTop(this.bottomTime[i]!, this.bottomTie[i]!, this.bottomPayload[i]!)
  }

  /** Fills the empty bottom with the earliest bucket. Something must be pending. */
  private refill(): void {
    for (;;) {
      if (this.rungCount === 0) {
        if (this.takeTop()) return
      } else if (this.takeBucket(this.rungCount - 1)) return
    }
  }

  /** Turns the top into a rung, or into the bottom when it is small or all of one instant (then answers true). */
  private takeTop(): boolean {
    const min = this.topBounds[1]!
    const max = this.topBounds[2]!
    const count = this.topLength
    invariant(count > 0, 'an event list with events pending has an empty top and no rungs')
    const list = this.topHead
    this.topHead = -1
    this.topLength = 0
    this.topBounds[1] = Infinity
    this.topBounds[2] = -Infinity
    if (count <= HEAP_AGAIN_EVENTS || min === max) {
      this.topBounds[0] = count <= HEAP_AGAIN_EVENTS ? Infinity : max + 1
      this.sink(this.reversed(list))
      return true
    }
    const rung = this.openRung(min, max + 1, count)
    const at = rung * RUNG_DOUBLES
    this.topBounds[0] = this.rungBounds[at]! + this.rungBuckets[rung]! * this.rungBounds[at + WIDTH]!
    this.spread(rung, list)
    return false
  }

  /** Takes the next bucket that has events into the bottom (true), or into a finer rung or none (false). */
  private takeBucket(rung: number): boolean {
    const heads = this.rungHeads[rung]!
    const buckets = this.rungBuckets[rung]!
    let bucket = this.rungCurrent[rung]!
    while (bucket < buckets && heads[bucket]! < 0) bucket++
    if (bucket === buckets) {
      this.rungCount--
      return false
    }
    const at = rung * RUNG_DOUBLES
    const width = this.rungBounds[at + WIDTH]!
    const from = this.rungBounds[at]! + bucket * width
    const list = heads[bucket]!
    this.rungCurrent[rung] = bucket + 1
    this.rungBounds[at + TAKEN_UP_TO] = from + width
    if (width > 1 && this.rungCount < RUNGS_MAX) {
      const count = this.countUpTo(list, BUCKET_EVENTS_MAX + 1)
      if (count > BUCKET_EVENTS_MAX) {
        this.spread(this.openRung(from, from + width, this.countUpTo(list, Infinity)), list)
        return false
      }
    }
    this.sink(list)
    return true
  }

  private countUpTo(list: number, countMax: number): number {
    let count = 0
    for (let node = list; node >= 0 && count < countMax; node = this.nodeNext[node]!) count++
    return count
  }

  /** A list is last in, first out; reversed it is in tie order, in which equal times sift up in one step. */
  private reversed(list: number): number {
    let reversed = -1
    for (let node = list; node >= 0;) {
      const next = this.nodeNext[node]!
      this.nodeNext[node] = reversed
      reversed = node
      node = next
    }
    return reversed
  }

  /** A new innermost rung over [fromNs, toNs); answers its index. */
  private openRung(fromNs: number, toNs: number, count: number): number {
    const span = toNs - fromNs
    let width = 1
    while (width * count * BUCKETS_PER_EVENT < span) width *= 2
    const buckets = Math.ceil(span / width)
    const rung = this.rungCount++
    const heads = this.rungHeads[rung]
    if (heads === undefined || heads.length < buckets) this.rungHeads[rung] = new Int32Array(buckets * 2).fill(-1)
    else heads.fill(-1, 0, buckets)
    const at = rung * RUNG_DOUBLES
    this.rungBounds[at + START] = fromNs
    this.rungBounds[at + INVERSE_WIDTH] = 1 / width
    this.rungBounds[at + WIDTH] = width
    this.rungBounds[at + TAKEN_UP_TO] = fromNs
    this.rungCurrent[rung] = 0
    this.rungBuckets[rung] = buckets
    return rung
  }

  private spread(rung: number, list: number): void {
    for (let node = list; node >= 0;) {
      const next = this.nodeNext[node]!
      this.link(rung, this.nodeTime[node]!, node)
      node = next
    }
  }

  private sink(list: number): void {
    for (let node = list; node >= 0;) {
      const next = this.nodeNext[node]!
      if (this.bottomLength === this.bottomTime.length) this.growBottom()
      this.siftUp(this.nodeTime[node]!, this.nodeTie[node]!, this.nodePayload[node]!)
      this.nodeNext[node] = this.freeNode
      this.freeNode = node
      node = next
    }
  }

  private newNode(timeNs: number, tie: number, payload: number): number {
    let node = this.freeNode
    if (node >= 0) this.freeNode = this.nodeNext[node]!
    else {
      if (this.nodesUsed === this.nodeTime.length) this.growNodes()
      node = this.nodesUsed++
    }
    this.nodeTime[node] = timeNs
    this.nodeTie[node] = tie
    this.nodePayload[node] = payload
    return node
  }

  private growBottom(): void {
    this.bottomTime = doubled(this.bottomTime, Float64Array)
    this.bottomTie = doubled(this.bottomTie, Float64Array)
    this.bottomPayload = doubled(this.bottomPayload, Int32Array)
  }

  private growNodes(): void {
    this.nodeTime = doubled(this.nodeTime, Float64Array)
    this.nodeTie = doubled(this.nodeTie, Float64Array)
    this.nodePayload = doubled(this.nodePayload, Int32Array)
    this.nodeNext = doubled(this.nodeNext, Int32Array)
  }
}

function doubled<A extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: A,
  make: new (length: number) => A,
): A {
  const grown = new make(array.length * 2)
  grown.set(array)
  return grown
}
