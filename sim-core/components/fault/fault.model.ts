// Carries out the faults of a scenario, and those injected by hand.
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import { roundNs } from '../../kernel/time.ts'
import { Timer } from '../../kernel/timer.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { Breakable, Model, ModelContext } from '../../model/model.ts'

/** One thing that breaks: which component of the plan, which part of it. */
export interface FaultPlace {
  readonly component: number
  /** What reports call it. */
  readonly name: string
  readonly part: number | undefined
}

/** What happens to it. */
export type FaultAction =
  | { readonly kind: 'kill'; readonly count: number | undefined }
  | { readonly kind: 'restore' }
  | { readonly kind: 'speed'; readonly speed: number }

/** When: at an instant, for a time, or again and again at random. */
export type FaultTiming =
  | { readonly kind: 'at'; readonly atNs: number; readonly forNs: number | undefined }
  | { readonly kind: 'recurring'; readonly everyNs: DistributionSpec; readonly forNs: DistributionSpec }

/** A fault in a plan. */
export interface PlanFault {
  readonly place: FaultPlace
  readonly action: FaultAction
  readonly timing: FaultTiming
}

/** The faults of one run. */
export class FaultModel implements Model {
  private readonly faults: readonly PlanFault[]
  private readonly context: ModelContext

  constructor(faults: readonly PlanFault[], context: ModelContext) {
    this.faults = faults
    this.context = context
  }

  instruction(): Instruction {
    invariant(false, 'faults own no instructions')
  }

  start(): void {
    for (const [index, fault] of this.faults.entries()) {
      if (fault.timing.kind === 'at') this.strikeAt(fault, fault.timing.atNs, fault.timing.forNs)
      else this.recur(fault, fault.timing, index)
    }
  }

  /** Does it now. */
  strike({ place, action }: PlanFault): void {
    const target: Breakable = this.context.model(place.component)
    if (action.kind === 'kill') target.kill?.(place.part, action.count)
    else if (action.kind === 'restore') target.restore?.(place.part)
    else this.changeSpeed(target, place, action.speed)
  }

  private changeSpeed(target: Breakable, place: FaultPlace, speed: number): void {
    target.setSpeed?.(place.part, speed)
    const text = speed === 1 ? 'is back to its speed' : speed === 0 ? 'stands still' : `works ${(1 / speed).toPrecision(3)} times slower`
    this.context.recorder.note({ component: place.name, kind: 'speed', text: `${place.name} ${text}` })
  }

  private strikeAt(fault: PlanFault, atNs: number, forNs: number | undefined): void {
    const { kernel } = this.context
    new Timer(kernel, PRIORITY_CONTROL, () => this.strike(fault)).set(atNs)
    if (forNs !== undefined) new Timer(kernel, PRIORITY_CONTROL, () => this.end(fault)).set(atNs + forNs)
  }

  private end({ place }: PlanFault): void {
    this.changeSpeed(this.context.model(place.component), place, 1)
  }

  private recur(fault: PlanFault, timing: FaultTiming & { readonly kind: 'recurring' }, index: number): void {
    const { kernel } = this.context
    const every = this.context.sampler(timing.everyNs, `${index}/every`)
    const lasting = this.context.sampler(timing.forNs, `${index}/for`)
    const wait = (sampler: Sampler): number => kernel.nowNs + Math.max(1, roundNs(sampler.next()))
    let broken = false
    const timer = new Timer(kernel, PRIORITY_CONTROL, () => {
      broken = !broken
      if (broken) this.strike(fault)
      else this.end(fault)
      timer.set(wait(broken ? lasting : every))
    })
    timer.set(wait(every))
  }
}
