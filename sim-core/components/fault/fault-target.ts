/** How what a fault strikes is named: a service, a database, a tier of a cache, or one part of it; a location of a CDN. */
import type { Field } from '../../language/field.ts'
import { leaf } from '../../language/field.ts'
import { hintForName } from '../../language/nearest-name.ts'
import type { Reading } from '../../language/quantity.ts'
import { quoted } from '../../language/quantity.ts'
import type { ScenarioNames } from '../../language/schema-context.ts'

/** What a fault strikes; `index`, from 0, is the one instance, shard or node, and absent for all of it. */
export type FaultTarget =
  | { readonly section: 'services' | 'databases'; readonly id: string; readonly index?: number }
  | { readonly section: 'caches'; readonly id: string; readonly tier: string; readonly index?: number }
  /** All locations, unless one is named. */
  | { readonly section: 'cdns'; readonly id: string; readonly location?: string; readonly index?: undefined }

/** An id; after a dot the kind of part, or the tier; then its index. */
const TARGET = /^([a-z][a-z0-9_]*)(?:\.(.{1,64}?)(?:\[(\d{1,6})\])?)?$/u

interface WrittenTarget {
  readonly id: string
  readonly part: string | undefined
  readonly index: number | undefined
}

const BREAKABLE_HINT = 'write catalog, catalog.instance[0], orders_db, orders_db.shard[3] or product_cache.redis[2]'
const MORTAL_HINT = 'write catalog, product_cache.redis, product_cache.redis[2] or static_files.riyadh'

/** Something that can work slower: a service, a database, a tier of a cache, or a part of one. */
export function breakable(names: ScenarioNames): Field<FaultTarget> {
  return targetField((input) => readBreakable(names, input), {
    help: 'A service or `service.instance[n]`, a database or `database.shard[n]`, `cache.tier` or `cache.tier[n]`; n counts from 0.',
    sections: ['services', 'databases', 'caches'],
    examples: ['catalog', 'catalog.instance[0]', 'orders_db.shard[3]', 'product_cache.redis[2]'],
  })
}

/** Something that dies and comes back: a service, the nodes of a tier of a cache, or one of them; locations of a CDN. */
export function mortal(names: ScenarioNames): Field<FaultTarget> {
  return targetField((input) => readMortal(names, input), {
    help: 'A service, the nodes of a shared tier of a cache, `cache.tier`, or one of them, `cache.tier[n]`, where n counts from 0; a CDN, or one location of it, `cdn.location`.',
    sections: ['services', 'caches', 'cdns'],
    examples: ['catalog', 'product_cache.redis', 'product_cache.redis[2]', 'static_files.riyadh'],
  })
}

function targetField<Target>(
  read: (input: unknown) => Reading<Target>,
  options: { readonly help: string; readonly sections: readonly string[]; readonly examples: readonly string[] },
): Field<Target> {
  const { help, sections, examples } = options
  return leaf(read, {
    type: 'target',
    help,
    suffix: '',
    json: { type: 'string', pattern: TARGET.source, examples },
    input: { kind: 'reference', sections, isOpen: true },
  })
}

function readBreakable(names: ScenarioNames, input: unknown): Reading<FaultTarget> {
  const read = readTarget(input, BREAKABLE_HINT)
  if (!('value' in read)) return read
  const { id, part, index } = read.value
  const section = sectionOf(names, read.value, ['databases', 'services', 'caches'])
  if (section === undefined) {
    const known = ['services', 'databases', 'caches'].flatMap((each) => names.ids(each) ?? [])
    const hint = hintForName(id, known, 'the scenario has neither services nor databases')
    return complain('unknown-reference', `there is no service, database or cache "${id}"`, hint)
  }
  if (section === 'caches') return tierTarget(read.value)
  const fitting = section === 'databases' ? 'shard' : 'instance'
  if (part === undefined) return { value: { section, id } }
  if (part !== fitting || index === undefined) {
    const what = section === 'databases' ? 'database' : 'service'
    const message = part === fitting ? `a ${part} is named by its index` : `a ${what} has no ${part}`
    return complain('bad-target', message, `write ${id}.${fitting}[${index ?? 0}]`)
  }
  return { value: { section, id, index } }
}

function readMortal(names: ScenarioNames, input: unknown): Reading<FaultTarget> {
  const read = readTarget(input, MORTAL_HINT)
  if (!('value' in read)) return read
  const { id, part } = read.value
  const section = sectionOf(names, read.value, ['services', 'caches', 'cdns'])
  if (section === undefined) {
    const known = ['services', 'caches', 'cdns'].flatMap((each) => names.ids(each) ?? [])
    const hint = hintForName(id, known, 'the scenario has no services')
    return complain('unknown-reference', `there is no service, cache or CDN "${id}"`, hint)
  }
  if (section === 'caches') return tierTarget(read.value)
  if (section === 'cdns') return locationTarget(names, read.value)
  if (part === undefined) return { value: { section, id } }
  return complain('bad-target', 'replicas of a service die by their number', `write kill: ${id} and replicas: 1`)
}

function readTarget(input: unknown, hint: string): Reading<WrittenTarget> {
  if (input === undefined) return complain('missing', 'a target is required here', hint)
  const match = typeof input === 'string' ? TARGET.exec(input.trim()) : null
  if (match === null) return complain('bad-target', `${quoted(input)} is not a target`, hint)
  const [, id = '', part, index] = match
  return { value: { id, part, index: index === undefined ? undefined : Number(index) } }
}

/** The section among these that has the target's id; no two share one. Without any names, it is taken for a service. */
function sectionOf<Section extends FaultTarget['section']>(
  names: ScenarioNames,
  { id }: WrittenTarget,
  sections: readonly Section[],
): Section | undefined {
  return sections.find((section) => (names.ids(section) ?? (section === 'services' ? [id] : [])).includes(id))
}

function tierTarget({ id, part, index }: WrittenTarget): Reading<FaultTarget> {
  if (part === undefined) {
    return complain(
      'bad-target',
      'of a cache, one tier is struck',
      `write ${id}. and the name of a tier that is shared`,
    )
  }
  return { value: { section: 'caches', id, tier: part, ...(index === undefined ? {} : { index }) } }
}

function locationTarget(names: ScenarioNames, { id, part, index }: WrittenTarget): Reading<FaultTarget> {
  if (part === undefined) return { value: { section: 'cdns', id } }
  const known = names.members('cdns', id, 'locations')
  if (!known.includes(part)) {
    return complain('unknown-reference', `${id} has no location "${part}"`, hintForName(part, known, 'it has none'))
  }
  if (index === undefined) return { value: { section: 'cdns', id, location: part } }
  return complain('bad-target', 'a location is struck as a whole', `write ${id}.${part}`)
}

function complain(code: string, message: string, hint: string) {
  return { complaint: { code, message, hint } }
}
