// One pending event of something that is no frame: sync periods, start-ups, faults, ends of buckets.
import type { Actor } from './instruction.ts'
import type { Kernel } from './kernel.ts'

/** Calls back at an instant; set again, it forgets the instant before. */
export class Timer implements Actor {
  private readonly kernel: Kernel
  private readonly priority: number
  private readonly payload: number
  private readonly onDue: (nowNs: number) => void
  private dueNs = NaN

  /** @param priority one of the PRIORITY_ constants of the event queue */
  constructor(kernel: Kernel, priority: number, onDue: (nowNs: number) => void) {
    this.kernel = kernel
    this.priority = priority
    this.onDue = onDue
    this.payload = kernel.addActor(this)
  }

  set(atNs: number): void {
    this.dueNs = atNs
    this.kernel.schedule(atNs, this.priority, this.payload)
  }

  clear(): void {
    this.dueNs = NaN
  }

  fire(): void {
    const nowNs = this.kernel.nowNs
    if (nowNs !== this.dueNs) return
    this.dueNs = NaN
    this.onDue(nowNs)
  }
}
