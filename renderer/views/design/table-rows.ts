/** The rows of the table that says what the canvas shows, and of the components that stand on no canvas. */
import type { JsonValue } from '../../../sim-core/language/field.ts'
import type { Problem } from '../../../sim-core/scenario/problem.ts'
import { nameOf } from '../../canvas/flow-elements.ts'
import type { Fact, Topology, TopologyUse } from '../../canvas/topology.ts'
import { pathOfProblem } from './cursor-path.ts'
import type { Language } from '../../stores/document-language.ts'
import { entriesOf, selectionOf, valueAt } from '../../stores/document-path.ts'

/** One component. */
export interface TableRow {
  /** Its selection: `services/catalog`. */
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly icon: string
  readonly isOnCanvas: boolean
  readonly facts: readonly Fact[]
  readonly uses: readonly TableUse[]
  /** Names of the components that use it. */
  readonly usedBy: readonly string[]
  readonly problems: number
}

/** What it uses: `create_order: call payment.process_payment`. */
export interface TableUse {
  readonly text: string
  readonly selection: string
}

/** Every entry of every kind of component, in the order of the catalogue. */
export function tableRows(
  tongue: Language,
  document: JsonValue,
  topology: Topology,
  problems: readonly Problem[],
): readonly TableRow[] {
  const counts = problemCounts(problems)
  return tongue.definitions.flatMap(({ section: { section }, presentation }) =>
    entriesOf(valueAt(document, [section])).map(([name, entry]): TableRow => {
      const id = `${section}/${name}`
      const node = topology.nodes.find((candidate) => candidate.id === id)
      const from = topology.edges.filter(({ source }) => source === id)
      const guarded = topology.edges.filter(({ badges }) => badges.some((badge) => badge.id === id))
      return {
        id,
        name,
        kind: presentation.label,
        icon: presentation.icon,
        isOnCanvas: presentation.onCanvas,
        facts: node?.facts ?? scalarsOf(entry),
        uses: from.flatMap(({ target, uses }) =>
          uses.map((use) => ({ text: useText(use, target), selection: selectionOf(use.stepPath) })),
        ),
        usedBy: [...topology.edges.filter(({ target }) => target === id), ...guarded].map(({ source }) =>
          nameOf(source),
        ),
        problems: counts[id] ?? 0,
      }
    }),
  )
}

/** Errors by component: `services/catalog`. */
export function problemCounts(problems: readonly Problem[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const problem of problems) {
    const [section, id] = pathOfProblem(problem)
    if (section === undefined || id === undefined || problem.severity !== 'error') continue
    const key = `${section}/${id}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function useText({ from, word, to }: TopologyUse, target: string): string {
  const member = to === undefined ? '' : `.${nameOf(to)}`
  return `${from === undefined ? '' : `${nameOf(from)}: `}${word} ${nameOf(target)}${member}`
}

/** Scalars at the top of an entry that the canvas does not show. */
function scalarsOf(entry: JsonValue): readonly Fact[] {
  return entriesOf(entry).flatMap(([label, value]) =>
    typeof value === 'object' ? [] : [{ label: label.replaceAll('_', ' '), value: String(value) }],
  )
}
