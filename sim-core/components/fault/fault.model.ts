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
  /** The group of parts that it is about, where the component has several: a tier of a cache. */
  readonly group?: string
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

interface SpeedChange {
  readonly place: FaultPlace
  readonly speed: number
}

/** The faults of one run. Speed faults that overlap on one target multiply; each takes back only its own part. */
export class FaultModel implements Model {
  private readonly faults: readonly PlanFault[]
  private readonly context: ModelContext
  /** Speed faults in force now, in the order in which they began. */
  private readonly inForce: SpeedChange[] = []

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

  /** Strikes at the instant that the fault says, which is not past, as if the plan had listed it. */
  inject(fault: PlanFault): void {
    const { timing } = fault
    invariant(timing.kind === 'at' && timing.atNs >= this.context.kernel.nowNs, 'a fault was injected into the past')
    this.strikeAt(fault, timing.atNs, timing.forNs)
  }

  /** Does it now; what it answers takes a change of speed back. */
  private strike({ place, action }: PlanFault): () => void {
    const target: Breakable = this.context.model(place.component)
    if (action.kind === 'kill') target.kill?.(place.part, action.count, place.group)
    else if (action.kind === 'restore') target.restore?.(place.part, place.group)
    else return this.changeSpeed({ place, speed: action.speed })
    return () => undefined
  }

  private changeSpeed(change: SpeedChange): () => void {
    const { inForce } = this
    inForce.push(change)
    this.applySpeeds(change.place)
    return () => {
      inForce.splice(inForce.indexOf(change), 1)
      this.applySpeeds(change.place)
    }
  }

  /** Gives a place, and what is broken inside it, the speed that the faults in force leave it. */
  private applySpeeds(place: FaultPlace): void {
    const target: Breakable = this.context.model(place.component)
    const { component, group } = place
    const speed = this.speedOf(place)
    target.setSpeed?.(place.part, speed, group)
    if (place.part === undefined) {
      const parts = this.inForce
        .filter((other) => other.place.component === component && other.place.group === group)
        .map((other) => other.place.part)
      for (const part of new Set(parts))
        if (part !== undefined) target.setSpeed?.(part, this.speedOf({ ...place, part }), group)
    }
    const text =
      speed === 1
        ? 'is back to its speed'
        : speed === 0
          ? 'stands still'
          : `works ${(1 / speed).toPrecision(3)} times slower`
    this.context.recorder.note({ component: place.name, kind: 'speed', text: `${place.name} ${text}` })
  }

  /** Faults of the whole component, or of the whole group, count for each of its parts. */
  private speedOf({ component, group, part }: FaultPlace): number {
    let speed = 1
    for (const { place, speed: factor } of this.inForce) {
      if (place.component !== component || place.group !== group) continue
      if (place.part === undefined || place.part === part) speed *= factor
    }
    return speed
  }

  private strikeAt(fault: PlanFault, atNs: number, forNs: number | undefined): void {
    const { kernel } = this.context
    let end: (() => void) | undefined
    // One timer strikes and ends: a fault then has the same events whether the plan lists it or it is injected later.
    const timer = new Timer(kernel, PRIORITY_CONTROL, () => {
      if (end !== undefined) return end()
      end = this.strike(fault)
      if (forNs !== undefined) timer.set(atNs + forNs)
    })
    timer.set(atNs)
  }

  private recur(fault: PlanFault, timing: FaultTiming & { readonly kind: 'recurring' }, index: number): void {
    const { kernel } = this.context
    const every = this.context.sampler(timing.everyNs, `${index}/every`)
    const lasting = this.context.sampler(timing.forNs, `${index}/for`)
    const wait = (sampler: Sampler): number => kernel.nowNs + Math.max(1, roundNs(sampler.next()))
    let end: (() => void) | undefined
    const timer = new Timer(kernel, PRIORITY_CONTROL, () => {
      if (end === undefined) end = this.strike(fault)
      else {
        end()
        end = undefined
      }
      timer.set(wait(end === undefined ? every : lasting))
    })
    timer.set(wait(every))
  }
}
