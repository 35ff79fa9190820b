// What steps wait for: endpoints that they call, networks that they fetch from, loads and locks of keys that they read.
import { acceptsPopulation } from '../components/cache/tier-placement.ts'
import type { JsonValue } from '../language/field.ts'
import { readMember } from '../language/references.ts'
import type { ScenarioNames } from '../language/schema-context.ts'
import { endpointKind } from '../language/schema-context.ts'
import { isJsonMap } from './layers.ts'
import type { ScenarioSpec } from './parse.ts'
import type { Segment } from './problem.ts'

/** What can be waited for; no two have the same name. */
export interface Awaited {
  readonly kind: 'endpoint' | 'network' | 'load' | 'lock'
  /** `api.get`, `edge`, `products through store`. */
  readonly name: string
}

/** A step that waits for something, and the innermost thing to which it belongs: others may wait for that. */
export interface Wait {
  readonly from: Awaited
  readonly to: Awaited
  /** Of the value of the step's word. */
  readonly path: readonly Segment[]
}

/** What tells who waits. */
export interface WaitContext {
  readonly names: ScenarioNames
  /** Absent where the scenario is not valid: its reads then wait for nothing. */
  readonly caches: ScenarioSpec['caches'] | undefined
  /** Whether locks count, for which nobody waits without end. */
  readonly withLocks: boolean
}

/** Every step of a document that waits, in its order. */
export function waitsIn(document: JsonValue, context: WaitContext): readonly Wait[] {
  return entriesOf(isJsonMap(document) ? document['services'] : undefined).flatMap(([service, spec]) =>
    entriesOf(isJsonMap(spec) ? spec['endpoints'] : undefined).flatMap(([endpoint, body]) =>
      waitsBelow(body, endpointNamed(service, endpoint), ['services', service, 'endpoints', endpoint], context),
    ),
  )
}

/** The entries of a map; none of anything else. */
function entriesOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isJsonMap(value) ? Object.entries(value) : []
}

function endpointNamed(service: string, endpoint: string): Awaited {
  return { kind: 'endpoint', name: `${service}.${endpoint}` }
}

/** Depth is bounded by that of the document. */
function waitsBelow(value: JsonValue, from: Awaited, path: readonly Segment[], context: WaitContext): readonly Wait[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((entry, index) => waitsBelow(entry, from, [...path, index], context))
  }
  return entriesOf(value).flatMap(([word, part]) => {
    const partPath = [...path, word]
    const to = awaitedBy(word, part, String(path[1]), context)
    const within = waitsBelow(part, to ?? from, partPath, context)
    return to === undefined ? within : [{ from, to, path: partPath }, ...within]
  })
}

/** What a step of a service waits for. */
function awaitedBy(word: string, part: JsonValue, service: string, context: WaitContext): Awaited | undefined {
  const { endpoint, cdn, cache, key } = isJsonMap(part) ? part : {}
  if (word === 'call') {
    const reading = readMember(context.names, endpointKind, isJsonMap(part) ? endpoint : part)
    return 'value' in reading ? endpointNamed(reading.value.service, reading.value.endpoint) : undefined
  }
  if (word === 'fetch' && typeof cdn === 'string') return { kind: 'network', name: cdn }
  if (word !== 'read' || typeof cache !== 'string' || typeof key !== 'string') return undefined
  return awaitedByRead(cache, key, service, context)
}

/** One load of a key for all who ask, or one lock; a lock that each instance has of its own is none of other services. */
function awaitedByRead(
  cache: string,
  key: string,
  service: string,
  { caches, withLocks }: WaitContext,
): Awaited | undefined {
  const spec = caches?.[cache]
  if (spec === undefined) return undefined
  const { strategy, stampede, tiers } = spec
  const name = `${key} through ${cache}`
  if (strategy === 'read_through' || stampede.kind === 'single_flight') return { kind: 'load', name }
  if (stampede.kind !== 'lock' || !withLocks) return undefined
  const slowest = tiers.findLast((tier) => acceptsPopulation(tier, key))
  const isLocal = stampede.scope === undefined ? slowest?.scope === 'replica' : stampede.scope === 'local'
  return { kind: 'lock', name: isLocal ? `${name} in ${service}` : name }
}
