/** Which fields of the scenario language an algorithm reads, found in the schema at the place where its family is named. */
import type { AnyField } from '../language/field.ts'
import { camelCase } from '../language/fields.ts'
import type { AlgorithmEntry, AlgorithmFamily } from './algorithm-families.ts'

/** Fields by the key under which a scenario writes them. */
type Shape = Readonly<Record<string, AnyField>>

/** The parameters of an algorithm of the family, read from the schema of a whole scenario. Empty when it has none. */
export function parametersOf(root: AnyField, family: AlgorithmFamily, { id, parameters }: AlgorithmEntry): Shape {
  const [place = ''] = family.places
  const keys = place.replaceAll('[n]', '.[n]').split('.')
  const shapes = shapesAt([root], keys)
  if (family.toldBy === 'kind') {
    const own = shapes.find((shape) => kindOf(shape) === id) ?? {}
    return entriesWhere(own, (key) => key !== 'kind')
  }
  if (family.toldBy === 'key') return shapes.find((shape) => Object.hasOwn(shape, id)) ?? {}
  if (family.toldBy === 'part')
    return Object.assign({}, ...shapes.map((shape) => entriesWhere(shape, (key) => key === id)))
  // All algorithms share the map, or the one around their name, and each says which of its keys it reads.
  const isRead = (key: string, field: AnyField): boolean =>
    parameters.includes(key) || parameters.includes(camelCase(key) + field.field.suffix)
  const shared = [...shapes, ...shapesAt([root], keys.slice(0, -1))]
  return Object.assign({}, ...shared.map((shape) => entriesWhere(shape, isRead)))
}

/** The kind that a map is the form of, where it is of one kind alone. */
export function kindOf(shape: Shape): string | undefined {
  const input = shape['kind']?.field.input
  return input?.kind === 'choice' && input.options.length === 1 ? input.options[0]?.id : undefined
}

/** The shape of every map that may stand where `fields` stand, or further down along `keys`. */
function shapesAt(fields: readonly AnyField[], keys: readonly string[]): readonly Shape[] {
  return fields.flatMap((field): readonly Shape[] => {
    const { structure } = field.field
    if (structure.kind === 'one_of') {
      return shapesAt(
        structure.branches.map((branch) => branch.field),
        keys,
      )
    }
    const [key, ...below] = keys
    if (structure.kind === 'fields') {
      if (key === undefined) return [structure.shape]
      const part = structure.shape[key]
      return part === undefined ? [] : shapesAt([part], below)
    }
    const isItem = (structure.kind === 'named' && key === '<name>') || (structure.kind === 'list' && key === '[n]')
    return isItem ? shapesAt([structure.item], below) : []
  })
}

function entriesWhere(shape: Shape, holds: (key: string, field: AnyField) => boolean): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([key, field]) => holds(key, field)))
}
