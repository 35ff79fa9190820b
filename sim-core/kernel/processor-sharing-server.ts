// A station whose cores are shared by all frames present: an operating system's time slices, infinitely thin.
import { PRIORITY_COMPLETION } from './event-queue.ts'
import { FRAME_PARKED, NONE } from './frames.ts'
import { invariant } from './invariant.ts'
import type { Kernel } from './kernel.ts'
import type { Station } from './station.ts'
import type { StationMeter } from './station-meter.ts'
import { PART_QUEUE, PART_SERVICE } from './trace.ts'

/** Places in `clock`. */
const VIRTUAL_NS = 0
const LAST_NS = 1
const RATE = 2

/**
 * Egalitarian processor sharing on c cores: n frames each progress at min(1, c/n) of a core.
 *
 * Source: L. Kleinrock, "Time-shared systems: a theoretical treatment", JACM 14(2), 1967; the virtual clock, which advances
 * at the rate every frame is served with, as in A. Parekh and R. Gallager, "A generalized processor sharing approach to flow
 * control", IEEE/ACM ToN 1(3), 1993, section IV: a frame that arrives at virtual time v with work w leaves at v + w.
 * Differs from the source: none.
 *
 * Frames present stand in a heap by virtual departure; only the earliest one has an event. Arriving and leaving take
 * O(log n). There is no queue: what a frame spends beyond its own work counts as queueing.
 */
export class ProcessorSharingServer implements Station {
  private readonly kernel: Kernel
  private readonly meter: StationMeter
  private readonly cores: number
  private readonly placesMax: number
  private speed = 1
  // What the meter was told last.
  private busyBefore = 0
  private queuedBefore = 0
  /** [virtual time, instant up to which it is valid, present rate]. */
  private readonly clock = Float64Array.of(0, 0, 1)
  // Heap by (virtual departure, order of arrival) in parallel arrays.
  private departures = new Float64Array(16)
  private order = new Float64Array(16)
  private heapFrames = new Int32Array(16)
  private present = 0
  /** The frame whose departure has an event. */
  private scheduled = NONE
  private arrivals = 0

  /** @param placesMax frames that may be present at once, those in excess of the cores being the waiting ones */
  constructor(kernel: Kernel, meter: StationMeter, cores: number, placesMax: number) {
    invariant(cores >= 1, 'a station needs a core')
    this.kernel = kernel
    this.meter = meter
    this.cores = cores
    this.placesMax = placesMax
  }

  arrive(frame: number): boolean {
    const frames = this.kernel.frames
    this.meter.visits++
    if (this.present >= this.placesMax) {
      this.meter.rejected++
      return false
    }
    const nowNs = this.advance()
    frames.setSinceNs(frame, nowNs)
    frames.setState(frame, FRAME_PARKED)
    this.insert(this.clock[VIRTUAL_NS]! + frames.workNs(frame), frame)
    this.presenceChanged(this.heapFrames[0] === frame)
    return true
  }

  complete(frame: number): void {
    const frames = this.kernel.frames
    invariant(this.heapFrames[0] === frame, 'processor sharing completes a frame out of turn')
    const nowNs = this.advance()
    this.clock[VIRTUAL_NS] = Math.max(this.clock[VIRTUAL_NS]!, this.departures[0]!)
    this.removeAt(0)
    const waitNs = nowNs - frames.sinceNs(frame) - frames.workNs(frame)
    if (frames.trace(frame) >= 0) this.trace(frame, nowNs, waitNs)
    if (waitNs > 0) {
      frames.addQueueNs(frame, waitNs)
      this.meter.recordWait(waitNs)
    }
    this.meter.completed++
    this.presenceChanged(true)
  }

  /** Slices of service and waiting alternate too finely to tell; the waiting is shown first. */
  private trace(frame: number, nowNs: number, waitNs: number): void {
    const sinceNs = this.kernel.frames.sinceNs(frame)
    if (waitNs > 0) this.kernel.traceSegment(frame, PART_QUEUE, sinceNs, sinceNs + waitNs)
    this.kernel.traceSegment(frame, PART_SERVICE, sinceNs + waitNs, nowNs)
  }

  leaveQueue(frame: number): void {
    this.leaveService(frame)
  }

  leaveService(frame: number): void {
    this.advance()
    this.removeAt(this.heapFrames.subarray(0, this.present).indexOf(frame))
    this.presenceChanged(true)
  }

  setSpeed(speed: number): void {
    invariant(speed >= 0 && speed < Infinity, 'a speed is 0 or more')
    this.advance()
    this.speed = speed
    this.clock[RATE] = NaN
    this.presenceChanged(true)
  }

  /** Brings virtual time and integrals up to the present instant. */
  private advance(): number {
    const clock = this.clock
    const nowNs = this.kernel.clock[0]!
    clock[VIRTUAL_NS] = clock[VIRTUAL_NS]! + (nowNs - clock[LAST_NS]!) * clock[RATE]!
    clock[LAST_NS] = nowNs
    return nowNs
  }

  /** Adjusts rate, integrals and the one pending event after frames came or went. */
  private presenceChanged(headChanged: boolean): void {
    const meter = this.meter
    const present = this.present
    const busy = present < this.cores ? present : this.cores
    const queued = present - busy
    if (busy !== this.busyBefore) meter.changeBusy(busy - this.busyBefore)
    if (queued !== this.queuedBefore) meter.changeQueued(queued - this.queuedBefore)
    this.busyBefore = busy
    this.queuedBefore = queued
    const rate = present <= this.cores ? this.speed : (this.speed * this.cores) / present
    const rateChanged = rate !== this.clock[RATE]
    this.clock[RATE] = rate
    if (present > 0 && (headChanged || rateChanged)) this.scheduleHead(rate)
  }

  private scheduleHead(rate: number): void {
    const { frames, clock, events } = this.kernel
    const head = this.heapFrames[0]!
    if (this.scheduled >= 0 && (this.scheduled !== head || rate === 0)) frames.setWakeNs(this.scheduled, NaN)
    this.scheduled = rate === 0 ? NONE : head
    if (rate === 0) return
    const leftNs = (this.departures[0]! - this.clock[VIRTUAL_NS]!) / rate
    const atNs = clock[0]! + (leftNs > 0 ? Math.ceil(leftNs) : 0)
    if (frames.wakeNs(head) === atNs) return
    frames.setWakeNs(head, atNs)
    events.push(atNs, PRIORITY_COMPLETION, head)
  }

  private insert(departure: number, frame: number): void {
    if (this.present === this.heapFrames.length) this.grow()
    this.siftUp(this.present++, departure, this.arrivals++, frame)
  }

  private siftUp(from: number, departure: number, order: number, frame: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = this.departures[parent]!
      if (above < departure || (above === departure && this.order[parent]! < order)) break
      this.move(parent, at)
      at = parent
    }
    this.put(at, departure, order, frame)
  }

  /** Takes out the entry at a place of the heap. The frame's wake-up turns stale. */
  private removeAt(place: number): void {
    const leaving = this.heapFrames[place]!
    this.kernel.frames.setWakeNs(leaving, NaN)
    if (leaving === this.scheduled) this.scheduled = NONE
    const last = --this.present
    if (place === last) return
    const departure = this.departures[last]!
    const order = this.order[last]!
    const frame = this.heapFrames[last]!
    const at = this.holeDown(place, departure, order)
    this.siftUp(at, departure, order, frame)
  }

  /** Moves smaller children up from `place` and answers where the hole ends. */
  private holeDown(place: number, departure: number, order: number): number {
    let at = place
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.present) return at
      if (child + 1 < this.present && this.precedes(child + 1, this.departures[child]!, this.order[child]!)) child++
      if (!this.precedes(child, departure, order)) return at
      this.move(child, at)
      at = child
    }
  }

  private precedes(place: number, departure: number, order: number): boolean {
    const other = this.departures[place]!
    return other < departure || (other === departure && this.order[place]! < order)
  }

  private move(from: number, to: number): void {
    this.put(to, this.departures[from]!, this.order[from]!, this.heapFrames[from]!)
  }

  private put(at: number, departure: number, order: number, frame: number): void {
    this.departures[at] = departure
    this.order[at] = order
    this.heapFrames[at] = frame
  }

  private grow(): void {
    const { departures, order, heapFrames } = this
    this.departures = new Float64Array(departures.length * 2)
    this.order = new Float64Array(order.length * 2)
    this.heapFrames = new Int32Array(heapFrames.length * 2)
    this.departures.set(departures)
    this.order.set(order)
    this.heapFrames.set(heapFrames)
  }
}
