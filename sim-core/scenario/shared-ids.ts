// Names of components that measure something are one name space: results, faults and comparisons know them by their ids.
import { catalog } from '../catalog.ts'
import { isMap } from '../language/collections.ts'
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import { quoted } from '../language/quantity.ts'

/** A complaint for each component that has the id of one of another section. Traffic, which has no figures, may share one. */
export function sharedIds(document: JsonValue): readonly PlacedComplaint[] {
  const owners = new Map<string, string>()
  const measured = catalog.filter(({ metrics }) => metrics.length > 0)
  return measured.flatMap(({ section: { section } }) =>
    idsIn(document, section).flatMap((id): readonly PlacedComplaint[] => {
      const owner = owners.get(id)
      owners.set(id, owner ?? section)
      if (owner === undefined) return []
      const message = `${owner} has an entry ${quoted(id)} already`
      const hint = 'give it another name: results, faults and comparisons know a component by its name alone'
      return [{ code: 'duplicate-key', message, hint, path: [section, id] }]
    }),
  )
}

function idsIn(document: JsonValue, section: string): readonly string[] {
  const entries = isMap(document) ? document[section] : undefined
  return isMap(entries) ? Object.keys(entries) : []
}
