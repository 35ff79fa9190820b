/** One cache on a real kernel, with programs that read and write it. */
import { cacheComponent } from '../../../../../sim-core/components/cache/cache.component.ts'
import type { CacheSpec } from '../../../../../sim-core/components/cache/cache.schema.ts'
import type { CacheTierSpec } from '../../../../../sim-core/components/cache/tier.schema.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { CAUSE_FAILED, CAUSE_INSTANCE_KILLED } from '../../../../../sim-core/kernel/outcome.ts'
import type { ParsedStep } from '../../../../../sim-core/language/schema-context.ts'
import { ComponentHarness } from '../../../../support/component-harness.ts'
import type { Outcome } from '../../../../support/component-harness.ts'

/** A millisecond in ns. */
export const MS = 1_000_000

/** How long loads take, and how long the source takes to store, in ns. */
export const LOAD = 10 * MS
export const STORE = 5 * MS

/** A tier that all instances share, and one that each has for itself. */
export const shared: CacheTierSpec = {
  name: 'redis',
  scope: 'shared',
  capacity: { entries: 1000 },
  eviction: 'lru',
  nodes: 1,
}
export const local: CacheTierSpec = { ...shared, name: 'process', scope: 'replica' }

const delay = (ns: number): ParsedStep => ({ word: 'delay', spec: ns })
const failure: ParsedStep = { word: 'fail', spec: CAUSE_FAILED }
/** As a call fails whose instance dies. */
const unreached: ParsedStep = { word: 'fail', spec: CAUSE_INSTANCE_KILLED }

function read(miss: readonly ParsedStep[]): readonly ParsedStep[] {
  return [{ word: 'read', spec: { cache: 'cache', key: 'products', miss } }]
}

function write(store: readonly ParsedStep[]): readonly ParsedStep[] {
  return [{ word: 'write', spec: { cache: 'cache', key: 'products', store } }]
}

/** A cache with the programs `main` (reads), `failing` and `unreached` (reads in vain), `write` and `failing_write`. */
export function rig(spec: Partial<CacheSpec>, tiers: readonly CacheTierSpec[] = [shared]): ComponentHarness {
  const cache: CacheSpec = { strategy: 'cache_aside', stampede: { kind: 'none' }, tiers, ...spec }
  return new ComponentHarness({
    components: [{ definition: cacheComponent, id: 'cache', spec: cache }],
    populations: [{ id: 'products', count: 1000 }],
    programs: {
      main: read([delay(LOAD)]),
      failing: read([delay(LOAD), failure]),
      unreached: read([delay(LOAD), unreached]),
      write: write([delay(STORE)]),
      failing_write: write([delay(STORE), failure]),
    },
    instances: 2,
  })
}

/** How long each request took, in ms, by its label. */
export function tookMs(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  return Object.fromEntries(outcomes.map(({ label, startNs, endNs }) => [label, (endNs - startNs) / MS]))
}

/** Instants of a Poisson process, in ns. */
export function poisson(perSecond: number, seconds: number, name: string): number[] {
  const stream = new RandomStreams(7, 0).stream(name)
  const instants: number[] = []
  let at = 0
  for (;;) {
    at += (-Math.log(stream.nextOpenUnit()) / perSecond) * 1e9
    if (at >= seconds * 1e9) return instants
    instants.push(Math.round(at))
  }
}
