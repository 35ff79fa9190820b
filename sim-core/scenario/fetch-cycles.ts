/** Finds content delivery networks that are each other's origin: such fetches would wait for one another for ever. */
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import type { ScenarioNames } from '../language/schema-context.ts'
import { callTo, entriesOf } from './call-cycles.ts'
import { isJsonMap } from './layers.ts'
import type { Segment } from './problem.ts'

/** A `fetch` step, and what stands in its `origin`. */
interface Fetch {
  readonly cdn: string
  readonly origin: JsonValue
  readonly path: readonly Segment[]
}

/** That the origin of some fetch asks a network, at the path of that origin. */
interface Use {
  readonly to: string
  readonly path: readonly Segment[]
}

/** A complaint for each circle of networks, at the origin that closes it. Circles are looked for in the order of the document. */
export function fetchCycles(document: JsonValue, names: ScenarioNames): readonly PlacedComplaint[] {
  const bodies = endpointBodies(document)
  const uses = new Map<string, readonly Use[]>()
  const fetches = [...bodies.values()].flatMap(({ body, path }) => fetchesIn(body, path))
  for (const { cdn, origin, path } of fetches) {
    const found = [...askedBy(origin, bodies, names, new Set())].map((to) => ({ to, path: [...path, 'origin'] }))
    uses.set(cdn, [...(uses.get(cdn) ?? []), ...found])
  }
  const complaints: PlacedComplaint[] = []
  const finished = new Set<string>()
  for (const start of uses.keys()) visit(start, [start])
  return complaints

  function visit(cdn: string, chain: readonly string[]): void {
    for (const { to, path } of uses.get(cdn) ?? []) {
      const from = chain.indexOf(to)
      if (from >= 0) {
        const circle = [...chain.slice(from), to].join(' → ')
        const message = `the origins go in a circle: ${circle}`
        const hint = 'let one of these origins come from elsewhere; fetches would wait for each other for ever'
        complaints.push({ code: 'fetch-cycle', message, hint, path })
      } else if (!finished.has(to)) visit(to, [...chain, to])
    }
    finished.add(cdn)
  }
}

/** What stands under every endpoint, by `service.endpoint`. */
type Bodies = ReadonlyMap<string, { readonly body: JsonValue; readonly path: readonly Segment[] }>

function endpointBodies(document: JsonValue): Bodies {
  const services = isJsonMap(document) ? document['services'] : undefined
  return new Map(
    entriesOf(services).flatMap(([service, spec]) =>
      entriesOf(isJsonMap(spec) ? spec['endpoints'] : undefined).map(
        ([name, body]) => [`${service}.${name}`, { body, path: ['services', service, 'endpoints', name] }] as const,
      ),
    ),
  )
}

/** Every `fetch` step anywhere below a value, those in the origins of others included. */
function fetchesIn(value: JsonValue, path: readonly Segment[]): readonly Fetch[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((entry, index) => fetchesIn(entry, [...path, index]))
  }
  if (!isJsonMap(value)) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const deeper = fetchesIn(part, [...path, key])
    if (key !== 'fetch' || !isJsonMap(part) || typeof part['cdn'] !== 'string') return deeper
    return [{ cdn: part['cdn'], origin: part['origin'] ?? null, path: [...path, key] }, ...deeper]
  })
}

/** The networks that steps ask, themselves or through the endpoints that they call. `seen` are endpoints looked at. */
function askedBy(steps: JsonValue, bodies: Bodies, names: ScenarioNames, seen: Set<string>): ReadonlySet<string> {
  const asked = new Set(fetchesIn(steps, []).map(({ cdn }) => cdn))
  for (const endpoint of callsIn(steps, names)) {
    const called = bodies.get(endpoint)
    if (called === undefined || seen.has(endpoint)) continue
    seen.add(endpoint)
    for (const cdn of askedBy(called.body, bodies, names, seen)) asked.add(cdn)
  }
  return asked
}

/** The endpoints that steps call, as `service.endpoint`. */
function callsIn(value: JsonValue, names: ScenarioNames): readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((entry) => callsIn(entry, names))
  if (!isJsonMap(value)) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'call' ? callTo(part, [], names).map(({ to }) => to) : callsIn(part, names),
  )
}
