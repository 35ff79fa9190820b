/** Runs small programs of steps on a real kernel, with the components under test and nothing around them. */
import { createSampler } from '../../sim-core/distributions/registry.ts'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import { PRIORITY_ARRIVAL } from '../../sim-core/kernel/event-queue.ts'
import { Frames } from '../../sim-core/kernel/frames.ts'
import type { Instruction } from '../../sim-core/kernel/instruction.ts'
import { PARKED } from '../../sim-core/kernel/instruction.ts'
import { Kernel, PlainInstruction } from '../../sim-core/kernel/kernel.ts'
import { kernelInstruction } from '../../sim-core/kernel/kernel-instructions.ts'
import { BUILT_IN_CAUSES } from '../../sim-core/kernel/outcome.ts'
import type { PlanInstruction, PlanValue } from '../../sim-core/kernel/program.ts'
import { KERNEL, ProgramBuilder } from '../../sim-core/kernel/program.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import { Timer } from '../../sim-core/kernel/timer.ts'
import type { ParsedStep } from '../../sim-core/language/schema-context.ts'
import { Recorder } from '../../sim-core/metrics/recorder.ts'
import type { ReplicationResult, StationResult } from '../../sim-core/metrics/replication-result.ts'
import type { CompileContext, ComponentDefinition, StepCompiler } from '../../sim-core/model/component-definition.ts'
import type { Model, ModelContext } from '../../sim-core/model/model.ts'
import type { PlanPopulation } from '../../sim-core/model/plan-parts.ts'

/** Component index of the imaginary service whose instances run the programs. */
export const SERVICE = 0

/** A component under test, its entry as the schema would have parsed it. */
export interface HarnessComponent {
  readonly definition: ComponentDefinition
  readonly id: string
  readonly spec: unknown
}

/** What a harness is made from. */
export interface HarnessOptions {
  readonly components: readonly HarnessComponent[]
  readonly populations?: readonly {
    readonly id: string
    readonly count: number
    readonly sizeBytes?: DistributionSpec
  }[]
  /** Programs by name; besides the words of the components there are `delay` (ns) and `fail` (a cause's code). */
  readonly programs: Readonly<Record<string, readonly ParsedStep[]>>
  readonly instances?: number
  readonly seed?: number
}

/** A request that has ended. */
export interface Outcome {
  readonly label: string
  readonly cause: string
  readonly startNs: number
  readonly endNs: number
  readonly queueNs: number
  readonly networkNs: number
  readonly lockNs: number
  /** The part of a component that its last step chose. */
  readonly target: number
}

/** What a request is started with. */
export interface Arrival {
  readonly program?: string
  readonly keys?: readonly number[]
  readonly instance?: number
  readonly priority?: number
  readonly label?: string
}

/** The columns of a station, each with its one value. */
export type StationFigures = { readonly [Column in keyof StationResult['columns']]: number }

const harnessSteps: Readonly<Record<string, StepCompiler>> = {
  delay(spec, _owner, { program }) {
    const data = { duration: { type: 'constant', value: spec as number }, network: false, stream: 'harness/delay' }
    program.emit(KERNEL, 'delay', { data })
  },
  fail(spec, _owner, { program }) {
    program.emit(KERNEL, 'fail', { data: { share: 1, cause: spec as number, stream: 'harness/fail' } })
  },
}

/** A constant duration, as it stands in parsed entries. */
export function constant(value: number): DistributionSpec {
  return { type: 'constant', value }
}

/** One run of some components. */
export class ComponentHarness {
  readonly kernel: Kernel
  readonly recorder: Recorder
  readonly instructions: readonly PlanInstruction[]
  readonly outcomes: Outcome[] = []
  private readonly options: HarnessOptions
  private readonly populations: readonly PlanPopulation[]
  private readonly models = new Map<string, Model>()
  private readonly entries = new Map<string, number>()
  private readonly labels = new Map<number, string>()
  private measured: ReplicationResult | undefined

  constructor(options: HarnessOptions) {
    this.options = options
    this.populations = (options.populations ?? []).map(({ id, count, sizeBytes = constant(1) }) => ({
      id,
      count,
      exponent: 0,
      sizeBytes,
    }))
    this.kernel = new Kernel(new Frames(10_000, this.populations.length))
    const program = new ProgramBuilder()
    const context = this.compileContext(program)
    this.emitPrograms(program, context)
    const configs = options.components.map(({ definition, id, spec }) => definition.compile(id, spec, context))
    this.instructions = program.build()
    this.recorder = new Recorder({
      kernel: this.kernel,
      endpointIds: [],
      causes: BUILT_IN_CAUSES.length,
      endpointOfPc: new Int32Array(this.instructions.length).fill(-1),
      traceStride: 1,
    })
    this.createModels(configs)
  }

  /** The model of a component. */
  model(id: string): Model {
    return this.models.get(id)!
  }

  /** Starts a request at an instant. */
  arrive(atNs: number, { program = 'main', keys = [], instance = 0, priority = 0, label = '' }: Arrival = {}): void {
    this.at(atNs, () => {
      const { frames } = this.kernel
      const frame = frames.allocate(atNs)
      for (const [population] of this.populations.entries()) {
        frames.setKey(frame, population, keys[population] ?? -1)
      }
      frames.setInstance(frame, instance)
      frames.setPriority(frame, priority)
      this.labels.set(frame, label)
      this.kernel.resume(frame, this.entries.get(program)!)
    })
  }

  /** Does something at an instant. */
  at(atNs: number, action: () => void): void {
    new Timer(this.kernel, PRIORITY_ARRIVAL, action).set(atNs)
  }

  /** Whether the request that bears a label has begun and not ended. */
  isUnderWay(label: string): boolean {
    return [...this.labels.values()].includes(label)
  }

  /** The frame of the request that bears a label and is still under way. */
  frameOf(label: string): number {
    return [...this.labels].find(([, other]) => other === label)![0]
  }

  /** Runs until nothing is left to do, and answers how the requests ended. */
  run(): readonly Outcome[] {
    while (this.kernel.step(1000));
    return this.outcomes
  }

  /** Increase of a counter over the whole run, or the last value of a gauge. */
  metric(component: string, name: string): number {
    const series = this.result().metrics.find((entry) => entry.component === component && entry.metric === name)!
    return series.values.at(-1)!
  }

  /** What was measured of a group of stations over the whole run. */
  station(component: string, name: string): StationFigures {
    const found = this.result().stations.find((entry) => entry.component === component && entry.name === name)!
    const figures = Object.entries(found.columns).map(([column, values]) => [column, values.at(-1)!] as const)
    return Object.fromEntries(figures) as StationFigures
  }

  /** Everything measured. */
  result(): ReplicationResult {
    if (this.measured === undefined) {
      this.recorder.closeBucket(this.kernel.nowNs)
      this.measured = this.recorder.finish(0, false)
    }
    return this.measured
  }

  private compileContext(program: ProgramBuilder): CompileContext {
    const { components, instances = 1 } = this.options
    const index = (id: string): number => components.findIndex((component) => component.id === id)
    const words: Record<string, StepCompiler> = { ...harnessSteps }
    for (const { definition } of components) Object.assign(words, definition.steps)
    const usages = new Map<string, Set<number>>()
    const context: CompileContext = {
      program,
      durationNs: 0,
      endpointCount: 0,
      component: (_section, id) => 1 + index(id),
      spec: (_section, id) => components[index(id)]!.spec,
      population: (id) => this.populations.findIndex((population) => population.id === id),
      endpoint: () => ({ index: -1, entry: program.label() }),
      cause: (name) => BUILT_IN_CAUSES.indexOf(name as (typeof BUILT_IN_CAUSES)[number]),
      usage: (section, id) => {
        const known = usages.get(`${section}/${id}`) ?? new Set()
        usages.set(`${section}/${id}`, known)
        return known
      },
      instancesMax: () => instances,
      streamName: (owner, word) => `${owner.service}/${word}`,
      steps: (steps, owner) => {
        for (const { word, spec } of steps) words[word]!(spec, owner, context)
      },
    }
    return context
  }

  private emitPrograms(program: ProgramBuilder, context: CompileContext): void {
    const finisher = 1 + this.options.components.length
    for (const [name, steps] of Object.entries(this.options.programs)) {
      const [entry, end] = [program.label(), program.label()]
      program.place(entry)
      this.entries.set(name, entry.pc)
      program.runBy(-1, SERVICE, () => {
        program.guarded(end, () => context.steps(steps, { service: 'service', endpoint: name, component: SERVICE }))
        program.place(end)
        program.emit(finisher, 'finish', { handler: end })
      })
    }
  }

  private createModels(configs: readonly PlanValue[]): void {
    const streams = new RandomStreams(this.options.seed ?? 1, 0)
    const { components } = this.options
    const models = components.map(({ definition, id }, index) => {
      const model = definition.create(configs[index], this.modelContext(id, 1 + index, streams))
      this.models.set(id, model)
      return model
    })
    const sources = {
      kernel: this.kernel,
      entries: new Int32Array(0),
      stream: (name: string) => streams.stream(name),
      sampler: (spec: unknown, name: string) => createSampler(spec as DistributionSpec, streams.stream(name)),
    }
    for (const [pc, plan] of this.instructions.entries()) {
      const { instructions } = this.kernel
      if (plan.owner === KERNEL) instructions.push(kernelInstruction(plan, sources))
      else instructions.push(models[plan.owner - 1]?.instruction(plan, pc) ?? this.finish(plan))
    }
    for (const model of models) model.start?.()
  }

  private modelContext(id: string, component: number, streams: RandomStreams): ModelContext {
    return {
      kernel: this.kernel,
      recorder: this.recorder,
      id,
      component,
      serviceOfPc: Int32Array.from(this.instructions, ({ service }) => service),
      endNs: Number.MAX_SAFE_INTEGER,
      endpoints: [],
      entries: new Int32Array(0),
      populations: this.populations,
      stream: (purpose) => streams.stream(`${id}/${purpose}`),
      sampler: (spec, purpose) => createSampler(spec, streams.stream(`${id}/${purpose}`)),
      namedSampler: (spec, name) => createSampler(spec, streams.stream(name)),
      keySampler: (population) => {
        const stream = streams.stream(`${id}/key`)
        return { next: () => stream.nextBelow(this.populations[population]!.count) }
      },
      meter: (name) => this.recorder.meter(id, name),
      instanceStarted: () => undefined,
      instanceEnded: () => undefined,
      model: () => this.models.get(id)!,
    }
  }

  /** The end of every program: notes how the request ended and releases its frame. */
  private finish(plan: PlanInstruction): Instruction {
    const { kernel, outcomes, labels } = this
    return new (class extends PlainInstruction {
      enter(frame: number): number {
        const { frames } = kernel
        outcomes.push({
          label: labels.get(frame)!,
          cause: BUILT_IN_CAUSES[frames.cause(frame)]!,
          startNs: frames.startNs(frame),
          endNs: kernel.nowNs,
          queueNs: frames.queueNs(frame),
          networkNs: frames.networkNs(frame),
          lockNs: frames.lockNs(frame),
          target: frames.target(frame),
        })
        labels.delete(frame)
        frames.release(frame)
        return PARKED
      }
    })(plan.handler)
  }
}
