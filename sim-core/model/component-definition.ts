// What a kind of component declares once: its section of the language, its steps, how it compiles, how it behaves.
import type { Label, PlanValue, ProgramBuilder } from '../kernel/program.ts'
import type { JsonValue } from '../language/field.ts'
import type { ParsedStep, ScenarioNames, SectionDefinition } from '../language/schema-context.ts'
import type { MetricKind } from '../metrics/replication-result.ts'
import type { Model, ModelContext } from './model.ts'

/** What compiling may ask of the whole plan. */
export interface CompileContext {
  readonly program: ProgramBuilder
  /** Simulated time of a run in ns. */
  readonly durationNs: number
  /** How many endpoints all services have together. */
  readonly endpointCount: number
  /** Index in the plan of the component `id` of a section. */
  component(section: string, id: string): number
  /** The parsed entry `id` of a section. */
  spec(section: string, id: string): unknown
  /** Index of a population of keys. Asked while steps are emitted, it notes that their endpoint uses it. */
  population(id: string): number
  /** Where requests to an endpoint begin, and its index. Asked while steps are emitted, it notes that their endpoint calls it. */
  endpoint(service: string, endpoint: string): { readonly index: number; readonly entry: Label }
  /** Code of a cause of failure that the scenario names; new names get a code of their own. */
  cause(name: string): number
  /** What step compilers noted about an entry for its own `compile`, such as the populations that read through a cache. */
  usage(section: string, id: string): Set<number>
  /** Replicas that a service may have at most at any time. */
  instancesMax(service: string): number
  /** Name of a random stream for one step of an endpoint: "service/endpoint.word.n", n counting the words of that endpoint. */
  streamName(owner: StepOwner, word: string): string
  /** Emits steps in order. `owner` is the index of the service whose instance runs them. */
  steps(steps: readonly ParsedStep[], owner: StepOwner): void
}

/** Who runs a step: the endpoint of a service, by ids and by the service's component index. */
export interface StepOwner {
  readonly service: string
  readonly endpoint: string
  readonly component: number
}

/** Emits the instructions of one step word. `spec` is what the word's schema parsed. */
export type StepCompiler = (spec: unknown, owner: StepOwner, context: CompileContext) => void

/** A figure that a component adds to results: see Recorder.counter, gauge and term for how it is measured. */
export interface MetricDefinition {
  readonly id: string
  readonly label: string
  readonly unit: string
  /** `term`: a counter that means something in ratios alone; it has a series, and no figure of its own. */
  readonly kind: MetricKind | 'ratio'
  readonly help: string
  /** For ratios: increase of `of` over the increases of all of `among`. */
  readonly of?: string
  readonly among?: readonly string[]
}

/** How interfaces show a kind; nothing about a kind is written down in an interface itself. */
export interface Presentation {
  /** One of them: `Cache`. */
  readonly label: string
  /** Name of a picture; an interface that does not know it shows a plain box. */
  readonly icon: string
  /** A node of the canvas, or something that only shows where others refer to it. */
  readonly onCanvas: boolean
  /** Where results stand; kinds may share a tab. */
  readonly tab: { readonly id: string; readonly label: string }
  /** An entry to start from. Names that it must refer to are taken from what the scenario has. */
  readonly example: (names: ScenarioNames) => JsonValue
}

/** One kind of component. */
export interface ComponentDefinition {
  readonly kind: string
  readonly presentation: Presentation
  readonly section: SectionDefinition
  /** Compilers of the section's step words, by word. */
  readonly steps: Readonly<Record<string, StepCompiler>>
  readonly metrics: readonly MetricDefinition[]
  /** The plan's entry for the component `id`, plain data in base units. */
  compile(id: string, spec: unknown, context: CompileContext): PlanValue
  /** Emits programs that the component owns, after every component is known. */
  emit?(id: string, spec: unknown, context: CompileContext): void
  /** The behaviour for one run. `config` is what `compile` answered. */
  create(config: PlanValue, context: ModelContext): Model
}
