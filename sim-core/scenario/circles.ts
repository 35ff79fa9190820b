// Finds requests that wait for themselves: by calls, by the origins of networks, by loads and locks of caches, or all of these.
import type { JsonValue } from '../language/field.ts'
import type { ScenarioNames } from '../language/schema-context.ts'
import type { DocumentComplaint } from './issues.ts'
import type { Awaited, Wait, WaitContext } from './waits.ts'
import { waitsIn } from './waits.ts'

/** Waits, each for what the next one belongs to, and the last one for what the first belongs to. */
type Circle = readonly Wait[]

/**
 * A complaint for each circle, at the step that closes it. Waits for locks end: circles with them are warnings, told where
 * nothing waits for ever.
 * @param caches of the scenario that the document was parsed to, if it is valid
 */
export function circleComplaints(
  document: JsonValue,
  names: ScenarioNames,
  caches: WaitContext['caches'],
): readonly DocumentComplaint[] {
  const circlesOf = (withLocks: boolean) => circlesIn(waitsIn(document, { names, caches, withLocks }))
  const endless = circlesOf(false)
  return (endless.length > 0 ? endless : circlesOf(true)).map(complaintAbout)
}

/** The circles that a search in depth finds, which goes by the order of the waits: one at least if there is any. */
function circlesIn(waits: readonly Wait[]): readonly Circle[] {
  const waitsOf = Map.groupBy(waits, ({ from }) => from.name)
  const circles: Circle[] = []
  const chain: Wait[] = []
  /** How long the chain was at everything that the search is in. */
  const places = new Map<string, number>()
  const finished = new Set<string>()
  for (const start of waitsOf.keys()) visit(start)
  return circles

  function visit(name: string): void {
    if (finished.has(name)) return
    places.set(name, chain.length)
    for (const wait of waitsOf.get(name) ?? []) {
      chain.push(wait)
      const place = places.get(wait.to.name)
      if (place === undefined) visit(wait.to.name)
      else circles.push(chain.slice(place))
      chain.pop()
    }
    places.delete(name)
    finished.add(name)
  }
}

/** A circle is told as the first of these that is in it. */
const KINDS = ['lock', 'load', 'network', 'endpoint'] as const

type Telling = Omit<DocumentComplaint, 'path' | 'aspect'>

const TOLD: Readonly<Record<Awaited['kind'], (circle: string, name: string) => Telling>> = {
  endpoint: (circle) => ({
    code: 'call-cycle',
    message: `the calls go in a circle: ${circle}`,
    hint: 'remove one of these calls; a request would never end',
  }),
  network: (circle) => ({
    code: 'fetch-cycle',
    message: `the origins go in a circle: ${circle}`,
    hint: 'let one of these origins come from elsewhere; what it leads to may not fetch from the same network again',
  }),
  load: (circle, name) => ({
    code: 'contradiction',
    message: `a load waits for a load of ${name} that waits for it in turn: ${circle}`,
    hint: 'read something else in the steps of the miss',
  }),
  lock: (circle) => ({
    code: 'lock-circle',
    severity: 'warning',
    message: `a miss waits for its own lock until it times out: ${circle}`,
    hint: 'read something else in the steps of the miss',
  }),
}

/** A circle with misses or origins is told at the last step that stands in one of them, not where that leads. */
function complaintAbout(circle: Circle): DocumentComplaint {
  const kind = KINDS.find((each) => circle.some(({ from }) => from.kind === each))!
  const { from, path } = circle.findLast((wait) => wait.from.kind === kind)!
  const names = [circle.at(-1)!, ...circle].map(({ to }) => to.name)
  return { ...TOLD[kind](names.join(' → '), from.name), path, aspect: 'value' }
}
