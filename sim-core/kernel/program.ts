// Request programs as plain data, and the builder with which components write theirs.
import { invariant } from './invariant.ts'

/** What may stand in a plan: plain structured-cloneable data. */
export type PlanValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly PlanValue[]
  | { readonly [key: string]: PlanValue }

/** One instruction of a plan. Indices point into the plan's instruction list. */
export interface PlanInstruction {
  /** Which instruction: a word that the owner's model makes an object of. */
  readonly op: string
  /** Index of the owning component in the plan, or KERNEL. */
  readonly owner: number
  /** Index of the endpoint whose frames run it, or -1 for clients and forked branches. */
  readonly endpoint: number
  /** The kind of station where frames wait or are served here, as in names of stations: `cpu`, `pool`; empty for none. */
  readonly station: string
  /** Index of the service on whose instances it is run, or -1 for clients. */
  readonly service: number
  readonly next: number
  /** Where a failure here goes on. */
  readonly handler: number
  /** Further places it may go to, by name. */
  readonly targets: Readonly<Record<string, number>>
  /** Its parameters in base units. */
  readonly data: PlanValue
}

/** Owner of the instructions that every program may use. */
export const KERNEL = -1

/** A place in the program that may be known later than it is referred to. */
export interface Label {
  pc: number
}

interface Draft {
  readonly op: string
  readonly owner: number
  readonly endpoint: number
  readonly service: number
  readonly station: string
  readonly next: Label | undefined
  readonly handler: Label
  readonly targets: Readonly<Record<string, Label>>
  readonly data: PlanValue
}

/** What an emitted instruction may name besides its word. */
export interface EmitOptions {
  readonly data?: PlanValue
  /** See PlanInstruction. */
  readonly station?: string
  readonly targets?: Readonly<Record<string, Label>>
  /** Where it goes on; the instruction emitted next when absent. */
  readonly next?: Label
  /** Where a failure goes on; the builder's present handler when absent. */
  readonly handler?: Label
}

/** Collects instructions in order. Failures inside `guarded` go to its handler. */
export class ProgramBuilder {
  private readonly drafts: Draft[] = []
  private readonly handlers: Label[] = []
  private readonly stepLabels = new Map<object, Label>()
  private endpoint = -1
  private service = -1
  private requestEndpoint = -1

  /** The endpoint whose steps are being emitted, forked branches included, or -1. */
  get emittedEndpoint(): number {
    return this.requestEndpoint
  }

  label(): Label {
    return { pc: -1 }
  }

  /**
   * The label that belongs to a step of the scenario: the same one each time that the step is emitted, as it is for every
   * round of a loop. Whoever finds it not placed yet places it, so what follows it is there once.
   */
  labelOfStep(step: object): Label {
    const known = this.stepLabels.get(step)
    if (known !== undefined) return known
    const label = this.label()
    this.stepLabels.set(step, label)
    return label
  }

  /** The instruction emitted next stands at `label`. */
  place(label: Label): void {
    invariant(label.pc < 0, 'a label is placed twice')
    label.pc = this.drafts.length
  }

  /** Appends an instruction and answers its index. */
  emit(owner: number, op: string, options: EmitOptions = {}): number {
    const handler = options.handler ?? this.handlers.at(-1)
    invariant(handler !== undefined, 'an instruction is emitted where no failure is handled')
    const { station = '', next, targets = {}, data = null } = options
    this.drafts.push({
      op,
      owner,
      endpoint: this.endpoint,
      service: this.service,
      station,
      next,
      handler,
      targets,
      data,
    })
    return this.drafts.length - 1
  }

  /** Emits what `body` emits with failures going to `handler`. */
  guarded(handler: Label, body: () => void): void {
    this.handlers.push(handler)
    body()
    this.handlers.pop()
  }

  /** Emits what `body` emits as run by frames of `endpoint` on instances of `service`; -1 for none. */
  runBy(endpoint: number, service: number, body: () => void): void {
    const before = [this.endpoint, this.service, this.requestEndpoint] as const
    this.endpoint = endpoint
    this.service = service
    if (endpoint >= 0) this.requestEndpoint = endpoint
    body()
    ;[this.endpoint, this.service, this.requestEndpoint] = before
  }

  /** Emits what `body` emits as run by forked branches: on the same service, by frames of no endpoint. */
  runByBranch(body: () => void): void {
    this.runBy(-1, this.service, body)
  }

  /** The finished list; every label referred to must have been placed. */
  build(): PlanInstruction[] {
    const at = (label: Label): number => {
      invariant(label.pc >= 0 && label.pc < this.drafts.length, 'a program refers to a label that was never placed')
      return label.pc
    }
    return this.drafts.map((draft, index) => ({
      op: draft.op,
      owner: draft.owner,
      endpoint: draft.endpoint,
      service: draft.service,
      station: draft.station,
      next: draft.next === undefined ? Math.min(index + 1, this.drafts.length - 1) : at(draft.next),
      handler: at(draft.handler),
      targets: Object.fromEntries(Object.entries(draft.targets).map(([name, label]) => [name, at(label)])),
      data: draft.data,
    }))
  }
}
