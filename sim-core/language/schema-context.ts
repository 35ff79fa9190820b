/** What the schema of a component may ask of the whole: the step words of every component, and names defined elsewhere. */
import type { Field, JsonValue } from './field.ts'

/** A step of an endpoint: its word, and what that word's schema parsed. */
export interface ParsedStep {
  readonly word: string
  readonly spec: unknown
}

/** A step word that a component contributes: `- word: ...`. */
export interface StepDefinition<Spec = unknown> {
  readonly word: string
  readonly help: string
  readonly schema: (context: SchemaContext) => Field<Spec, string>
}

/** Names that a scenario defines. `undefined` means that nothing is known, and then nothing is checked. */
export interface ScenarioNames {
  /** The ids of a section, such as `services`. */
  ids(section: string): readonly string[] | undefined
  /** The ids of a subsection of one entry, such as `endpoints` of the service `catalog`. */
  members(section: string, id: string, subsection: string): readonly string[]
}

/** A pair of section and subsection whose members may be named `owner.member`, with the keys that a reference parses to. */
export interface MemberKind<Owner extends string, Member extends string> {
  readonly section: string
  readonly subsection: string
  readonly owner: Owner
  readonly member: Member
}

/** A reference to a member: `catalog.get_product` as `{ service: 'catalog', endpoint: 'get_product' }`. */
export type MemberReference<Owner extends string, Member extends string> = Readonly<Record<Owner | Member, string>>

/** Handed to every component schema. */
export interface SchemaContext {
  /** A list of steps, of every word there is; one step alone may be written without the list. */
  steps(): Field<readonly ParsedStep[]>
  /** The id of an entry of `section`. Complaint: `unknown-reference`, with the nearest id that exists. */
  reference(section: string, help: string): Field<string>
  /**
   * `owner.member`, or `member` alone where one owner only has it. Complaints: `unknown-reference`,
   * `ambiguous-reference`.
   */
  member<Owner extends string, Member extends string>(
    kind: MemberKind<Owner, Member>,
    help: string,
  ): Field<MemberReference<Owner, Member>>
  readonly names: ScenarioNames
}

/** One top-level section of a scenario that a component, or the traffic, brings along. */
export interface SectionDefinition<Section extends string = string, Output = unknown> {
  /** Key in the scenario file and in the parsed scenario. */
  readonly section: Section
  readonly label: string
  readonly help: string
  /** Of the whole section. */
  readonly schema: (context: SchemaContext) => Field<Output>
  /** What an absent section stands for; without it the section is required. */
  readonly whenAbsent?: JsonValue
  /** The step words that the component contributes. */
  readonly steps: readonly StepDefinition[]
}

/** Endpoints of services, named `service.endpoint`. */
export const endpointKind = {
  section: 'services',
  subsection: 'endpoints',
  owner: 'service',
  member: 'endpoint',
} as const satisfies MemberKind<string, string>

/** Query classes of databases, named `database.class`. */
export const queryClassKind = {
  section: 'databases',
  subsection: 'classes',
  owner: 'database',
  member: 'class',
} as const satisfies MemberKind<string, string>
