/** One station on a real kernel: frames come at given instants with given demands, and how each left is noted. */
import { PRIORITY_ARRIVAL, PRIORITY_CONTROL } from '../../../sim-core/kernel/event-queue.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import { PARKED } from '../../../sim-core/kernel/instruction.ts'
import { Kernel, PlainInstruction } from '../../../sim-core/kernel/kernel.ts'
import { BUILT_IN_CAUSES } from '../../../sim-core/kernel/outcome.ts'
import type { Station } from '../../../sim-core/kernel/station.ts'
import { UseStation } from '../../../sim-core/kernel/station.ts'
import { StationMeter } from '../../../sim-core/kernel/station-meter.ts'
import { Timer } from '../../../sim-core/kernel/timer.ts'

/** Places of the two instructions. */
const USE = 0
const LEAVE = 1

/** How a frame left the station. */
export interface Leaving {
  readonly label: string
  readonly endNs: number
  readonly queueNs: number
  readonly cause: string
}

/** What a frame brings. */
export interface Visitor {
  readonly label?: string
  readonly priority?: number
}

/** A station under test. */
export class StationRig {
  readonly kernel = new Kernel(new Frames(10_000, 0))
  readonly meter: StationMeter
  readonly station: Station
  readonly leavings: Leaving[] = []
  /** Work of all frames that were served whole, in ns. */
  workDoneNs = 0
  private readonly work = new Map<number, number>()
  private readonly labels = new Map<number, string>()

  constructor(make: (kernel: Kernel, meter: StationMeter) => Station) {
    this.meter = new StationMeter(this.kernel.clock)
    this.station = make(this.kernel, this.meter)
    this.kernel.instructions.push(this.use(), this.leave())
  }

  /** A frame comes at an instant. */
  arrive(atNs: number, workNs: number, { label = '', priority = 0 }: Visitor = {}): void {
    this.at(atNs, PRIORITY_ARRIVAL, () => {
      const frame = this.kernel.frames.allocate(atNs)
      this.work.set(frame, workNs)
      this.labels.set(frame, label)
      this.kernel.frames.setPriority(frame, priority)
      this.kernel.run(frame, USE)
    })
  }

  /** The station changes its speed at an instant, before anything else there. */
  speedAt(atNs: number, speed: number): void {
    this.at(atNs, PRIORITY_CONTROL, () => this.station.setSpeed(speed))
  }

  cancelAt(atNs: number, label: string): void {
    this.at(atNs, PRIORITY_CONTROL, () => this.kernel.cancel(this.frameOf(label)))
  }

  evictAt(atNs: number, label: string, cause: number): void {
    this.at(atNs, PRIORITY_CONTROL, () => this.kernel.evict(this.frameOf(label), cause))
  }

  at(atNs: number, priority: number, action: () => void): void {
    new Timer(this.kernel, priority, action).set(atNs)
  }

  /** Runs until nothing is pending; who left, in order. Every instant must be whole. */
  run(): readonly Leaving[] {
    while (this.kernel.step(1))
      if (!Number.isInteger(this.kernel.nowNs)) throw new Error(`the time ${this.kernel.nowNs} is not whole`)
    return this.leavings
  }

  /** [label, end in ns] of everyone in order of leaving. */
  ends(): (readonly [string, number])[] {
    return this.run().map(({ label, endNs }) => [label, endNs])
  }

  /** Frames still present. */
  get present(): number {
    return this.kernel.frames.inUse
  }

  private frameOf(label: string): number {
    const found = [...this.labels].find(([, other]) => other === label)
    if (found === undefined) throw new Error(`nobody called ${label} is present`)
    return found[0]
  }

  private use(): UseStation {
    const { station, work, kernel } = this
    const count = (frame: number): void => {
      this.workDoneNs += kernel.frames.workNs(frame)
    }
    return new (class extends UseStation {
      stationOf(): Station {
        return station
      }
      protected drawWork(frame: number): void {
        this.frames.setWorkNs(frame, work.get(frame)!)
      }
      protected override served(frame: number): void {
        count(frame)
      }
    })(kernel, LEAVE, LEAVE)
  }

  private leave(): PlainInstruction {
    const { kernel, leavings, labels } = this
    return new (class extends PlainInstruction {
      enter(frame: number): number {
        const { frames } = kernel
        const cause = BUILT_IN_CAUSES[frames.cause(frame)]!
        leavings.push({ label: labels.get(frame)!, endNs: kernel.nowNs, queueNs: frames.queueNs(frame), cause })
        labels.delete(frame)
        frames.release(frame)
        return PARKED
      }
    })(LEAVE)
  }
}
