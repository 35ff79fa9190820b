/** Finds endpoints that call each other in a circle: such a request would never end. */
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import { readMember } from '../language/references.ts'
import type { ScenarioNames } from '../language/schema-context.ts'
import { endpointKind } from '../language/schema-context.ts'
import { isJsonMap } from './layers.ts'
import type { Segment } from './problem.ts'

interface Call {
  readonly to: string
  readonly path: readonly Segment[]
}

/** A complaint for each circle of calls, at the call that closes it. Cycles are looked for in the order of the document. */
export function callCycles(document: JsonValue, names: ScenarioNames): readonly PlacedComplaint[] {
  const calls = callsByEndpoint(document, names)
  const complaints: PlacedComplaint[] = []
  const finished = new Set<string>()
  for (const start of calls.keys()) visit(start, [start])
  return complaints

  function visit(endpoint: string, chain: readonly string[]): void {
    for (const { to, path } of calls.get(endpoint) ?? []) {
      const from = chain.indexOf(to)
      if (from >= 0) {
        const cycle = [...chain.slice(from), to].join(' → ')
        const message = `the calls go in a circle: ${cycle}`
        complaints.push({
          code: 'call-cycle',
          message,
          hint: 'remove one of these calls; a request would never end',
          path,
        })
      } else if (!finished.has(to)) {
        visit(to, [...chain, to])
      }
    }
    finished.add(endpoint)
  }
}

function callsByEndpoint(document: JsonValue, names: ScenarioNames): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, readonly Call[]>()
  const services = isJsonMap(document) ? document['services'] : undefined
  for (const [service, spec] of entriesOf(services)) {
    const endpoints = isJsonMap(spec) ? spec['endpoints'] : undefined
    for (const [endpoint, body] of entriesOf(endpoints)) {
      const path = ['services', service, 'endpoints', endpoint]
      calls.set(`${service}.${endpoint}`, callsIn(body, path, names))
    }
  }
  return calls
}

/** The entries of a map; none of anything else. */
export function entriesOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isJsonMap(value) ? Object.entries(value) : []
}

/** Every `call` step anywhere below a value. Depth is bounded by that of the document. */
function callsIn(value: JsonValue, path: readonly Segment[], names: ScenarioNames): readonly Call[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((entry, index) => callsIn(entry, [...path, index], names))
  }
  if (!isJsonMap(value)) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const partPath = [...path, key]
    return key === 'call' ? callTo(part, partPath, names) : callsIn(part, partPath, names)
  })
}

/** The endpoint that a `call` step names, when it exists. */
export function callTo(part: JsonValue, path: readonly Segment[], names: ScenarioNames): readonly Call[] {
  const target = isJsonMap(part) ? part['endpoint'] : part
  const reading = readMember(names, endpointKind, target)
  return 'value' in reading ? [{ to: `${reading.value.service}.${reading.value.endpoint}`, path }] : []
}
