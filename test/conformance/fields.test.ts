// What every field of the language must say of itself, so that editors can be made from the description alone.
import { describe, expect, it } from 'vitest'
import { catalog } from '../../sim-core/catalog.ts'
import type { AnyField } from '../../sim-core/language/field.ts'
import { noNames } from '../../sim-core/scenario/names.ts'
import { createContext, scenarioSchema } from '../../sim-core/scenario/schema.ts'

interface Place {
  readonly path: string
  readonly field: AnyField
}

const sections = catalog.map(({ section }) => section)
const sectionNames = [...sections.map(({ section }) => section), 'keys']
const context = createContext(sections, noNames)
const places: readonly Place[] = [
  ...below('', scenarioSchema(sections, noNames)),
  ...sections.flatMap(({ steps }) => steps.flatMap(({ word, schema }) => below(word, schema(context)))),
]

function below(path: string, field: AnyField): readonly Place[] {
  const { structure } = field.field
  const own = { path, field }
  switch (structure.kind) {
    case 'fields':
      return [own, ...Object.entries(structure.shape).flatMap(([key, part]) => below(`${path}.${key}`, part))]
    case 'named':
      return [own, ...below(`${path}.<key>`, structure.key), ...below(`${path}.<name>`, structure.item)]
    case 'list':
      return [own, ...below(`${path}[n]`, structure.item)]
    case 'one_of':
      return [own, ...structure.branches.flatMap((branch) => below(`${path}(${branch.title})`, branch.field))]
    case 'leaf':
    case 'steps':
      return [own]
  }
}

/** Free text by intent: names and paths of the user's own, and what has a small language of its own. */
const freeTypes = ['name', 'path', 'any value', 'popularity']

describe('every field', () => {
  it('is met', () => expect(places.length).toBeGreaterThan(250))

  it.each(places.map(({ path, field }) => [path, field] as const))('%s', (_, { field }) => {
    expect(field.help, 'has help').not.toBe('')
    const isLeaf = field.structure.kind === 'leaf'
    expect(!isLeaf || field.input !== undefined || freeTypes.includes(field.type), 'says how it is written').toBe(true)
  })

  it('has defaults and examples that are right', () => {
    const wrong = places.flatMap(({ path, field }) => {
      const { defaultValue, examples = [] } = field.field
      const values = [...(defaultValue === undefined ? [] : [defaultValue]), ...examples]
      return values
        .filter((value) => !field.safeParse(value).success)
        .map((value) => `${path}: ${JSON.stringify(value)}`)
    })
    expect(wrong).toEqual([])
  })

  it('refers to sections that exist', () => {
    const named = places.flatMap(({ field }) => {
      const { input } = field.field
      if (input?.kind === 'reference') return input.sections
      return input?.kind === 'member' ? [input.section] : []
    })
    expect(named.filter((section) => !sectionNames.includes(section))).toEqual([])
    expect(named.length).toBeGreaterThan(5)
  })

  it('names the ways to write it in a few words, each differently', () => {
    const titles = places.flatMap(({ path, field }) => {
      const { structure } = field.field
      return structure.kind === 'one_of' ? [{ path, all: structure.branches.map(({ title }) => title) }] : []
    })
    expect(titles.filter(({ all }) => new Set(all).size !== all.length)).toEqual([])
    expect(titles.filter(({ all }) => all.some((title) => title.length > 32 || /[{}[\]]/u.test(title)))).toEqual([])
  })

  it('has bounds that its examples of a quantity keep', () => {
    const unbounded = places.filter(({ field }) => {
      const { input } = field.field
      return input?.kind === 'quantity' && (input.bounds.min ?? 0) > (input.bounds.max ?? Infinity)
    })
    expect(unbounded).toEqual([])
  })
})

describe('every choice of an algorithm', () => {
  it('tells what it does and where it is from', () => {
    const choices = places.flatMap(({ path, field }) => {
      const { input } = field.field
      return input?.kind === 'choice' && /(eviction|algorithm|backoff\(By name\))$/u.test(path) ? [input.options] : []
    })
    expect(choices.length).toBeGreaterThanOrEqual(3)
    const silent = choices.flat().filter(({ label, help }) => label === undefined || help === undefined)
    expect(silent).toEqual([])
  })
})
