/** What a scenario looks like from above: components as nodes, and references between them as edges. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { ComponentDefinition } from '../../sim-core/model/component-definition.ts'
import type { Language, Leaf, Target } from '../stores/document-language.ts'
import { fieldOfSection, targetOf, visitLeaves } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { entriesOf, isListValue, valueAt } from '../stores/document-path.ts'

/** A component on the canvas. */
export interface TopologyNode {
  /** `services/catalog`: section and id, as layouts and selections name it. */
  readonly id: string
  readonly section: string
  readonly name: string
  readonly definition: ComponentDefinition
  /** Its first figures as written: `replicas 3`. */
  readonly facts: readonly Fact[]
  /** What it can be asked for, such as endpoints: `endpoints/get_product`. */
  readonly members: readonly string[]
}

/** A figure of a configuration, as written. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** One place where a component uses another. */
export interface TopologyUse {
  /** The step word, or the key of the field outside steps: `call`, `query`, `mix`. */
  readonly word: string
  /** The words of the steps around it, outermost first, itself included. */
  readonly steps: readonly string[]
  /** Where the reference is written. */
  readonly path: DocumentPath
  /** Path of the step, or of the field, that makes the use: what is taken out to end it. */
  readonly stepPath: DocumentPath
  /** Which member of the source: `endpoints/create_order`; undefined for the source as a whole. */
  readonly from: string | undefined
  /** Which member of the target; undefined for the target as a whole. */
  readonly to: string | undefined
  readonly isAsynchronous: boolean
}

/** A component that shows only where others name it, such as a policy: `policies/payment_call`. */
export interface TopologyBadge {
  readonly id: string
  readonly name: string
  readonly definition: ComponentDefinition
}

/** Everything by which one component uses another. */
export interface TopologyEdge {
  /** `services/order>databases/orders_db` */
  readonly id: string
  readonly source: string
  readonly target: string
  readonly uses: readonly TopologyUse[]
  readonly badges: readonly TopologyBadge[]
  readonly isAsynchronous: boolean
}

/** Nodes and edges in the order of the document. */
export interface Topology {
  readonly nodes: readonly TopologyNode[]
  readonly edges: readonly TopologyEdge[]
}

export const emptyTopology: Topology = { nodes: [], edges: [] }

/** Most figures that a node carries. */
const MAX_FACTS = 6

/** The topology of a merged document, found through the language alone. */
export function topologyOf(tongue: Language, document: JsonValue): Topology {
  const nodes = tongue.definitions
    .filter(({ presentation }) => presentation.onCanvas)
    .flatMap((definition) => {
      const { section } = definition.section
      return entriesOf(valueAt(document, [section])).map(([name, entry]) => nodeOf(tongue, definition, name, entry))
    })
  const ids = new Set(nodes.map(({ id }) => id))
  const edges = new Map<string, TopologyEdge>()
  for (const node of nodes) {
    for (const edge of edgesFrom(tongue, node, document)) {
      if (ids.has(edge.target)) edges.set(edge.id, merged(edges.get(edge.id), edge))
    }
  }
  return { nodes, edges: [...edges.values()] }
}

function nodeOf(tongue: Language, definition: ComponentDefinition, name: string, entry: JsonValue): TopologyNode {
  const { section } = definition.section
  return {
    id: `${section}/${name}`,
    section,
    name,
    definition,
    facts: factsOf(tongue, section, name, entry),
    members: membersOf(tongue, section, entry),
  }
}

/** The parts of an entry that are named by the user, when others may refer to them. */
function membersOf(tongue: Language, section: string, entry: JsonValue): readonly string[] {
  const subsections = subsectionsOf(tongue, section)
  return subsections.flatMap((key) => entriesOf(valueAt(entry, [key])).map(([member]) => `${key}/${member}`))
}

/** The keys of a section's entries under which the user names things: `endpoints`. */
export function subsectionsOf(tongue: Language, section: string): readonly string[] {
  const structure = fieldOfSection(tongue, section)?.field.structure
  const item = structure?.kind === 'named' ? structure.item.field.structure : undefined
  if (item?.kind !== 'fields') return []
  return Object.entries(item.shape).flatMap(([key, field]) => {
    const { structure: part } = field.field
    const isNamed =
      part.kind === 'named' && part.key.field.input === undefined && part.item.field.structure.kind === 'fields'
    return isNamed ? [key] : []
  })
}

/** The first figures of an entry: numbers and lengths of lists outside of what it can be asked for. */
function factsOf(tongue: Language, section: string, name: string, entry: JsonValue): readonly Fact[] {
  const field = fieldOfSection(tongue, section)
  const hidden = new Set(subsectionsOf(tongue, section))
  const facts: Fact[] = []
  for (const [key, part] of entriesOf(entry)) {
    if (isListValue(part)) facts.push({ label: key, value: String(part.length) })
  }
  if (field === undefined) return facts
  const shares: DocumentPath[] = []
  visitLeaves(tongue, field, { [name]: entry }, [], ({ path, value, isKey, input, steps }) => {
    const [, top] = path
    // What is said of other components is not a figure of this one.
    if (isKey && input !== undefined) shares.push(path)
    const isPlain = !isKey && steps.length === 0 && path.every((part) => typeof part === 'string')
    const isFigure = isPlain && input?.kind === 'quantity' && !shares.some((share) => startsWith(path, share))
    if (isFigure && typeof value !== 'object' && typeof top === 'string' && !hidden.has(top)) {
      facts.push({ label: path.slice(1).join(' ').replaceAll('_', ' '), value: String(value) })
    }
  })
  return facts.slice(0, MAX_FACTS)
}

/** A reference that leads out of an entry. */
interface Found {
  readonly leaf: Leaf
  readonly target: Target
}

function edgesFrom(tongue: Language, node: TopologyNode, document: JsonValue): readonly TopologyEdge[] {
  const found: Found[] = []
  const entry = valueAt(document, [node.section, node.name])
  const field = fieldOfSection(tongue, node.section)
  if (field === undefined) return []
  visitLeaves(tongue, field, { [node.name]: entry ?? null }, [node.section], (leaf) => {
    const target = targetOf(leaf, document)
    if (target !== undefined && !(target.section === node.section && target.id === node.name && leaf.isKey)) {
      found.push({ leaf, target })
    }
  })
  const shown = found.map((one) => ({ ...one, definition: definitionOf(tongue, one.target.section) }))
  const badges = shown.flatMap(({ leaf, target, definition }) =>
    definition === undefined || definition.presentation.onCanvas
      ? []
      : [{ scope: scopeOf(leaf), badge: { id: `${target.section}/${target.id}`, name: target.id, definition } }],
  )
  return shown
    .filter(({ definition }) => definition?.presentation.onCanvas === true)
    .map(({ leaf, target }) => {
      const use = useOf(tongue, node, leaf, target)
      const to = `${target.section}/${target.id}`
      return {
        id: `${node.id}>${to}`,
        source: node.id,
        target: to,
        uses: [use],
        badges: badges.filter(({ scope }) => startsWith(leaf.path, scope)).map(({ badge }) => badge),
        isAsynchronous: use.isAsynchronous,
      }
    })
}

function definitionOf(tongue: Language, section: string): ComponentDefinition | undefined {
  return tongue.definitions.find((definition) => definition.section.section === section)
}

/** The step that a leaf lies in directly, or the entry when it lies in none: what else stands there goes together. */
function scopeOf({ steps, path }: Leaf): DocumentPath {
  return steps.at(-1)?.path ?? path.slice(0, 2)
}

function startsWith(path: DocumentPath, head: DocumentPath): boolean {
  return head.every((segment, index) => path[index] === segment)
}

function useOf(tongue: Language, node: TopologyNode, { path, steps }: Leaf, target: Target): TopologyUse {
  const step = steps.at(-1)
  const [, , subsection, member] = path
  const from = node.members.find((known) => known === `${String(subsection)}/${String(member)}`)
  const word = step?.word ?? String(path[2] ?? '')
  return {
    word,
    steps: steps.map((place) => place.word),
    path,
    stepPath: step?.path ?? path,
    from,
    to: target.member,
    isAsynchronous: steps.some((place) => isAsynchronous(tongue, place.word)),
  }
}

/** Whether who makes a step goes on without waiting for its end. */
function isAsynchronous(tongue: Language, word: string): boolean {
  const definition = tongue.words.get(word)?.definition
  return definition !== undefined && 'isAsynchronous' in definition && definition.isAsynchronous === true
}

function merged(before: TopologyEdge | undefined, edge: TopologyEdge): TopologyEdge {
  if (before === undefined) return edge
  const known = new Set(before.badges.map(({ id }) => id))
  return {
    ...before,
    uses: [...before.uses, ...edge.uses],
    badges: [...before.badges, ...edge.badges.filter(({ id }) => !known.has(id))],
    // One use that waits makes a line that waits.
    isAsynchronous: before.isAsynchronous && edge.isAsynchronous,
  }
}

/** What an endpoint reaches, and what reaches it: ids of nodes and edges. */
export interface LitPath {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** Everything on the way of the requests to a node, or to one of its members, from their source to the last store. */
export function pathThrough(topology: Topology, nodeId: string, member: string | undefined): LitPath {
  const nodes = new Set([nodeId])
  const edges = new Set<string>()
  follow(topology, nodeId, member, 'down', { nodes, edges }, new Set())
  follow(topology, nodeId, member, 'up', { nodes, edges }, new Set())
  return { nodes, edges }
}

function follow(
  topology: Topology,
  nodeId: string,
  member: string | undefined,
  direction: 'down' | 'up',
  lit: { readonly nodes: Set<string>; readonly edges: Set<string> },
  seen: Set<string>,
): void {
  const key = `${nodeId}#${member ?? ''}`
  if (seen.has(key)) return
  seen.add(key)
  for (const edge of topology.edges) {
    const [here, there] = direction === 'down' ? [edge.source, edge.target] : [edge.target, edge.source]
    if (here !== nodeId) continue
    for (const use of edge.uses) {
      const [near, far] = direction === 'down' ? [use.from, use.to] : [use.to, use.from]
      if (member !== undefined && near !== undefined && near !== member) continue
      lit.edges.add(edge.id)
      lit.nodes.add(there)
      follow(topology, there, far, direction, lit, seen)
    }
  }
}
