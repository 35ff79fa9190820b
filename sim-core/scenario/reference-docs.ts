/** The reference documentation of the scenario language, written from its definitions as Markdown. */
import type { ParameterDefinition } from '../distributions/distribution.ts'
import { DISTRIBUTIONS, PARAMETRIC_DISTRIBUTIONS } from '../distributions/registry.ts'
import type { AnyField } from '../language/field.ts'
import type { SectionDefinition, StepDefinition } from '../language/schema-context.ts'
import type { Quantity, QuantityDefinition } from '../language/units.ts'
import { quantities } from '../language/units.ts'
import type { AlgorithmEntry, AlgorithmFamily } from './algorithm-families.ts'
import { algorithmFamilies } from './algorithm-families.ts'
import { kindOf, parametersOf } from './algorithm-parameters.ts'
import { referenceIntroduction } from './reference-introduction.ts'
import { noNames } from './names.ts'
import { createContext, scenarioSchema } from './schema.ts'

/** The whole reference as one Markdown document, ending in a line feed. */
export function referenceDocumentation(sections: readonly SectionDefinition[]): string {
  const root = scenarioSchema(sections, noNames)
  const parts = [
    referenceIntroduction,
    '## Quantities\n',
    quantityTable(),
    '## Sections\n',
    ...sectionParts(root, sections),
    '## Steps\n',
    'A list of steps, or one step alone. Each step is one word with what it needs: `- cpu: 2ms`.\n',
    ...stepParts(sections),
    '## Distributions\n',
    distributionTable(),
    '## Algorithms\n',
    ...algorithmFamilies.filter(({ id }) => id !== 'distributions').map((family) => familyPart(root, family)),
  ]
  return `${parts.join('\n')}\n`
}

function quantityTable(): string {
  const rows = Object.entries(quantities).map(([id, definition]: [string, QuantityDefinition]) => {
    const units = definition.units.map((unit) => `\`${unit.symbol}\``).join(' ')
    return [definition.label, units === '' ? 'none' : units, `\`${definition.example}\``, meaningOf(id as Quantity)]
  })
  return table(['Quantity', 'Units', 'Example', 'Meaning'], rows)
}

function meaningOf(quantity: Quantity): string {
  const meanings: Readonly<Record<Quantity, string>> = {
    duration: 'Whole nanoseconds inside; parts may be joined: `1m30s`.',
    rate: 'Per second inside; the number may carry `k`, `M` or `G`: `3M/h`.',
    bytes: '`KB` and `KiB` are both 1024 bytes, and so on.',
    ratio: 'A bare number is refused, since 0.7 could be meant as 0.7 %.',
    factor: 'How many times.',
    number: 'Counts may carry `k`, `M` or `G`: `5k`, `1M`.',
  }
  return meanings[quantity]
}

function sectionParts(root: AnyField, sections: readonly SectionDefinition[]): readonly string[] {
  const { structure } = root.field
  if (structure.kind !== 'fields') return []
  const entries = Object.entries(structure.shape)
  const isSection = ([, field]: readonly [string, AnyField]): boolean =>
    field.field.structure.kind !== 'leaf' && field.field.type !== 'list'
  const plain = entries
    .filter((entry) => !isSection(entry))
    .filter(([key]) => !sections.some(({ section }) => section === key))
  const large = entries.filter(([key]) => !plain.some(([other]) => other === key))
  return [
    '### General\n',
    fieldTable(plain.map(([key, field]) => row(key, field))),
    ...large.map(([key, field]) => {
      const definition = sections.find(({ section }) => section === key)
      const help = definition?.help ?? field.field.help
      return `### \`${key}\`\n\n${help} ${necessity(field)}\n\n${fieldTable(rowsBelow('', field))}`
    }),
  ]
}

function necessity(field: AnyField): string {
  return field.field.isOptional ? 'May be left out.' : 'Required.'
}

function stepParts(sections: readonly SectionDefinition[]): readonly string[] {
  const context = createContext(sections, noNames)
  const steps: readonly StepDefinition[] = sections.flatMap((section) => section.steps)
  return steps.map(({ word, help, schema }) => {
    const field = schema(context)
    const rows = [row(word, field), ...rowsBelow(word, field)]
    return `### \`${word}\`\n\n${help}\n\n${fieldTable(rows)}`
  })
}

type Row = readonly string[]

function fieldTable(rows: readonly Row[]): string {
  return table(['Key', 'Type', 'Default', 'Range', 'Meaning'], rows)
}

function row(key: string, field: AnyField): Row {
  const { type, byDefault, isOptional, range = '', help } = field.field
  const absent = isOptional ? (byDefault ?? 'none') : 'required'
  const defaultText = absent === '{}' || absent === '[]' ? 'empty' : absent
  const family = familyNamedIn(field)
  if (family === undefined) return [`\`${key}\``, type, defaultText, range, help]
  const link = `[${family.label}](#${family.label.toLowerCase().replaceAll(' ', '-')})`
  return [`\`${key}\``, typeWithFamily(field, family), defaultText, range, `${help} See ${link}.`]
}

/** The family whose algorithms may all be named in a field. */
function familyNamedIn(field: AnyField): AlgorithmFamily | undefined {
  const ids = algorithmIdsIn(field)
  return ids.length === 0
    ? undefined
    : algorithmFamilies.find(({ algorithms }) => algorithms.every(({ id }) => ids.includes(id)))
}

function algorithmIdsIn(field: AnyField): readonly string[] {
  const { structure, input } = field.field
  if (structure.kind === 'one_of') return structure.branches.flatMap((branch) => algorithmIdsIn(branch.field))
  if (structure.kind === 'fields') return [kindOf(structure.shape) ?? []].flat()
  return input?.kind === 'choice' ? input.options.map(({ id }) => id) : []
}

/** The type of a field, without the list of all algorithms. */
function typeWithFamily(field: AnyField, { algorithms }: AlgorithmFamily): string {
  const { structure, type, input } = field.field
  if (structure.kind !== 'one_of') return input?.kind === 'choice' ? 'name of an algorithm' : type
  const names = algorithms.map(({ id }) => id).join(', or ')
  const labels = structure.branches.map(
    ({
      label,
      field: {
        field: {
          structure: { kind },
        },
      },
    }) => {
      if (label === names) return 'name of an algorithm'
      return kind === 'fields' && label.startsWith('{ kind: ') ? '{ kind: name, ... }' : label
    },
  )
  return [...new Set(labels)].join(' or ')
}

/** One row for every key below a field; the alternatives of a union one after the other. */
function rowsBelow(prefix: string, field: AnyField): readonly Row[] {
  const { structure } = field.field
  switch (structure.kind) {
    case 'fields':
      return Object.entries(structure.shape).flatMap(([key, part]) => {
        const path = prefix === '' ? key : `${prefix}.${key}`
        return [row(path, part), ...rowsBelow(path, part)]
      })
    case 'named':
      return rowsOfItem(`${prefix}${prefix === '' ? '' : '.'}<name>`, structure.item)
    case 'list':
      return rowsOfItem(`${prefix}[n]`, structure.item)
    case 'one_of':
      return distinct(
        structure.branches
          .filter((branch) => !isAlgorithm(branch.field))
          .flatMap((branch) => rowsBelow(prefix, branch.field)),
      )
    case 'leaf':
    case 'steps':
      return []
  }
}

/** Whether a map is the form of one algorithm, whose fields are listed there. */
function isAlgorithm(field: AnyField): boolean {
  const { structure } = field.field
  const kind = structure.kind === 'fields' ? kindOf(structure.shape) : undefined
  const families = algorithmFamilies.filter(({ toldBy }) => toldBy === 'kind')
  return families.some(({ algorithms }) => algorithms.some(({ id }) => id === kind))
}

/** Items that are leaves get a row of their own; others are told by the rows below them. */
function rowsOfItem(path: string, item: AnyField): readonly Row[] {
  const below = rowsBelow(path, item)
  return below.length === 0 ? [row(path, item)] : below
}

function distinct(rows: readonly Row[]): readonly Row[] {
  const texts = rows.map((cells) => cells.join('\t'))
  return rows.filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
}

function distributionTable(): string {
  const rows = DISTRIBUTIONS.map(({ id, help }) => {
    const definition = PARAMETRIC_DISTRIBUTIONS.find((candidate) => candidate.id === id)
    const forms = definition?.forms.map((form) => `\`${id}(${form.join(', ')})\``).join('<br>') ?? objectForms[id] ?? ''
    return [`\`${id}\``, forms, (definition?.parameters ?? []).map(parameterText).join('<br>'), help]
  })
  const origins = DISTRIBUTIONS.map((definition) => `- \`${definition.id}\`: ${origin(definition)}`)
  return `${table(['Distribution', 'Written', 'Parameters', 'Use'], rows)}\n${origins.join('\n')}\n`
}

/** How distributions are written that no list of numbers determines. */
const objectForms: Readonly<Record<string, string>> = {
  empirical:
    '`{ empirical: { quantiles: { p50: 2ms, p99: 9ms } } }`<br>`{ empirical: { histogram: [{ up_to: 1ms, weight: 70 }] } }`',
  mixture: '`{ mixture: [{ weight: 80%, of: 2ms }, { weight: 20%, of: exponential(50ms) }] }`',
}

function parameterText({ name, quantity, help }: ParameterDefinition): string {
  const unit = quantity === 'value' ? 'in the unit of the field' : quantity
  return `\`${name}\` (${unit}): ${help}`
}

function familyPart(root: AnyField, family: AlgorithmFamily): string {
  const { label, places, algorithms } = family
  const named = places.map((each) => `\`${each}\``).join(' and ')
  const parts = algorithms.map((algorithm) => {
    const parameters = Object.entries(parametersOf(root, family, algorithm))
    const rows = parameters.flatMap(([key, field]) => [row(key, field), ...rowsBelow(key, field)])
    const { id, label: name, help } = algorithm
    const texts = [`#### ${name}: \`${id}\``, help, origin(algorithm), ...(rows.length === 0 ? [] : [fieldTable(rows)])]
    return texts.map((text) => text.trimEnd()).join('\n\n')
  })
  return `### ${label}\n\nNamed in ${named}.\n\n${parts.join('\n\n')}\n`
}

/** Where an algorithm comes from and what is not as there. */
function origin({ source, differs }: Pick<AlgorithmEntry, 'source' | 'differs'>): string {
  return `Source: ${sentence(source)}<br>\nDiffers from the source: ${sentence(differs === '' ? 'none' : differs)}`
}

/** Ends in one full stop. */
function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}
