/** What the canvas shows of a run under way: figures of nodes and flows of edges, found through names and definitions alone. */
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { EdgeFigures, NodeFigures } from '../../canvas/canvas-figures.ts'
import type { Topology, TopologyEdge, TopologyNode, TopologyUse } from '../../canvas/topology.ts'
import { figureText } from '../../widgets/figure-text.ts'

/** Everything that the canvas shows of one picture. */
export interface CanvasFigures {
  readonly nodes: Readonly<Record<string, NodeFigures>>
  readonly edges: Readonly<Record<string, EdgeFigures>>
}

/** Names that any kind of component may use for its figures: the canvas then shows a badge for them. */
const REPLICAS_READY = 'replicas_ready'
const REPLICAS_WANTED = 'replicas_wanted'
const BREAKERS_OPEN = 'breakers_open'
const BREAKERS_TRYING = 'breakers_trying'

/** Figures of all nodes and edges of the topology that runs. */
export function canvasFigures(topology: Topology, live: LiveRun): CanvasFigures {
  const reading = new Reading(live)
  const rates = edgeRates(topology, reading)
  const most = Math.max(1, ...rates.values())
  return {
    nodes: Object.fromEntries(topology.nodes.map((node) => [node.id, nodeFigures(node, topology, reading, rates)])),
    edges: Object.fromEntries(
      topology.edges.map((edge) => {
        const rate = rates.get(edge.id) ?? 0
        return [edge.id, { ratePerSecond: rate, share: rate / most, breakers: breakersOf(edge, reading) }]
      }),
    ),
  }
}

/** One picture, by name. */
class Reading {
  readonly #live: LiveRun
  readonly #metrics: ReadonlyMap<string, number>

  constructor(live: LiveRun) {
    this.#live = live
    const { names, values } = live.snapshot?.metrics ?? { names: [], values: [] }
    this.#metrics = new Map(names.map((name, index) => [name, values[index] ?? Number.NaN]))
  }

  /** Of the last bucket; null before the first one ended. */
  last(series: string): number | null {
    return this.#live.rows[series]?.at(-1) ?? null
  }

  /** As it stands; null when there is no such metric. */
  now(metric: string): number | null {
    return this.#metrics.get(metric) ?? null
  }

  /** The busiest station of a component in the last bucket. */
  utilisation(component: string): number | null {
    const names = Object.keys(this.#live.rows).filter(
      (name) => name.startsWith(`${component}/`) && name.endsWith('/utilisation'),
    )
    const known = names.flatMap((name) => this.last(name) ?? [])
    return known.length === 0 ? null : Math.max(...known)
  }

  /** Who waits at a component, and how many it can serve at a time. */
  stations(component: string): { readonly queued: number; readonly servers: number } | null {
    const { names, queued, servers } = this.#live.snapshot?.stations ?? { names: [], queued: [], servers: [] }
    let found: { queued: number; servers: number } | null = null
    for (const [index, name] of names.entries()) {
      if (!name.startsWith(`${component}/`)) continue
      found ??= { queued: 0, servers: 0 }
      found.queued += queued[index] ?? 0
      found.servers += servers[index] ?? 0
    }
    return found
  }

  /** What is slowed down or stands still by a fault now, be it a part of the component. */
  isSlowed(component: string): boolean {
    const places = new Map<string, boolean>()
    for (const { component: place, kind, text } of this.#live.happenings) {
      const isOurs = place === component || place.startsWith(`${component}.`)
      if (isOurs && kind === 'speed') places.set(place, !text.endsWith('is back to its speed'))
    }
    return [...places.values()].includes(true)
  }
}

function nodeFigures(
  node: TopologyNode,
  topology: Topology,
  reading: Reading,
  rates: ReadonlyMap<string, number>,
): NodeFigures {
  const { name } = node
  const utilisation = reading.utilisation(name)
  const stations = reading.stations(name)
  const replicas = reading.now(`${name}/${REPLICAS_READY}`)
  const trouble = replicas === 0 ? 'down' : reading.isSlowed(name) ? 'slowed' : null
  return {
    utilisation,
    ...mainFigure(node, topology, reading, rates, utilisation),
    queued: stations?.queued ?? null,
    queueShare: stations === null ? 0 : stations.queued / Math.max(1, stations.queued + stations.servers),
    replicas,
    replicasWanted: reading.now(`${name}/${REPLICAS_WANTED}`),
    trouble,
  }
}

/** The ratio that the kind is about, such as hits; else how busy it is; else what leaves it. */
function mainFigure(
  node: TopologyNode,
  topology: Topology,
  reading: Reading,
  rates: ReadonlyMap<string, number>,
  utilisation: number | null,
): Pick<NodeFigures, 'figure' | 'figureLabel'> {
  const ratio = node.definition.metrics.find(({ kind }) => kind === 'ratio')
  if (ratio?.of !== undefined && ratio.among !== undefined) {
    const whole = sumOf(ratio.among.map((metric) => reading.last(`${node.name}/${metric}`)))
    const part = reading.last(`${node.name}/${ratio.of}`)
    const share = part === null || whole === 0 ? null : part / whole
    return { figure: share === null ? null : figureText(share, 'ratio'), figureLabel: ratio.label.toLowerCase() }
  }
  if (utilisation !== null) return { figure: figureText(utilisation, 'ratio'), figureLabel: 'busy' }
  const leaving = topology.edges.filter(({ source }) => source === node.id)
  if (leaving.length === 0) return { figure: null, figureLabel: '' }
  return { figure: figureText(sumOf(leaving.map(({ id }) => rates.get(id) ?? 0)), 'req/s'), figureLabel: 'sent' }
}

/** Where several edges may lead to: one endpoint of a service, or a component as a whole, with what arrives there. */
interface Place {
  readonly arrivals: number
  readonly uses: { readonly edge: string; readonly weight: number }[]
}

/**
 * Flow along each edge per second. What arrives at a place is counted; between several edges that lead there it is shared in
 * proportion to the requests that their sources work on.
 */
function edgeRates(topology: Topology, reading: Reading): ReadonlyMap<string, number> {
  const places = new Map<string, Place>()
  for (const edge of topology.edges) {
    for (const use of edge.uses) {
      const requests = requestsAt(edge, use, reading)
      const key = requests === null ? edge.target : `${edge.target}/${use.to ?? ''}`
      const place = places.get(key) ?? { arrivals: requests ?? arrivalsAt(topology, edge, reading), uses: [] }
      place.uses.push({ edge: edge.id, weight: weightOf(edge, use, reading) ?? requests ?? 1 })
      places.set(key, place)
    }
  }
  const rates = new Map<string, number>()
  for (const { arrivals, uses } of places.values()) {
    const whole = sumOf(uses.map(({ weight }) => weight))
    for (const { edge, weight } of uses) {
      const share = whole > 0 ? weight / whole : 1 / uses.length
      rates.set(edge, (rates.get(edge) ?? 0) + arrivals * share)
    }
  }
  return rates
}

/** Requests per second that the using part of the source works on; null for a source that has no endpoints. */
function weightOf({ source }: TopologyEdge, { from }: TopologyUse, reading: Reading): number | null {
  return from === undefined ? null : reading.last(`${nameOf(source)}.${memberName(from)}/arrivals_rps`)
}

/** Requests per second at the endpoint that a use names; null when it names none. */
function requestsAt({ target }: TopologyEdge, { to }: TopologyUse, reading: Reading): number | null {
  return to === undefined ? null : reading.last(`${nameOf(target)}.${memberName(to)}/arrivals_rps`)
}

/** What arrives per second at a component as a whole: what its ratio is among, else its first counter. */
function arrivalsAt({ nodes }: Topology, { target }: TopologyEdge, reading: Reading): number {
  const metrics = nodes.find(({ id }) => id === target)?.definition.metrics ?? []
  const counter = metrics.find(({ kind }) => kind === 'counter')
  const counted = metrics.find(({ kind }) => kind === 'ratio')?.among ?? (counter === undefined ? [] : [counter.id])
  return sumOf(counted.map((metric) => reading.last(`${nameOf(target)}/${metric}`)))
}

function breakersOf({ badges }: TopologyEdge, reading: Reading): EdgeFigures['breakers'] {
  const states = badges.flatMap(({ id, name }) => {
    const open = reading.now(`${name}/${BREAKERS_OPEN}`)
    if (open === null) return []
    const trying = reading.now(`${name}/${BREAKERS_TRYING}`) ?? 0
    return [[id, open > 0 ? 'open' : trying > 0 ? 'half-open' : 'closed'] as const]
  })
  return Object.fromEntries(states)
}

/** `catalog` of `services/catalog`. */
function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}

/** `get_product` of `endpoints/get_product`. */
const memberName = nameOf

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
