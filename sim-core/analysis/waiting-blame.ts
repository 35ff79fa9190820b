// Says which places the waiting of requests is due to, by passing it on from what is held to what its holders wait for.
import type { ReplicationResult } from '../metrics/replication-result.ts'
import type { Plan } from '../model/plan.ts'
import { behindCall, heldDuring } from './program-walk.ts'
import type { TracedRequest } from './traced-requests.ts'

/** A place where requests wait: a component and the kind of its stations, or what it does there when it has none. */
export interface Place {
  readonly component: string
  readonly station: string
}

/** Waiting in ns that is due to one place. */
export interface Blame {
  readonly place: Place
  readonly ns: number
}

/**
 * Whether a station's name in results, such as `shard[3].primary.cpu` or `redis.node[2]`, is of a kind, such as `cpu` or
 * `node`.
 */
export function isStationOf(name: string, kind: string): boolean {
  return (
    name
      .split('.')
      .at(-1)!
      .replace(/\[\d+\]$/u, '') === kind
  )
}

/**
 * The waiting of some requests by the place that it is due to, most first.
 *
 * Who waits for a worker, a connection or a lock waits for those who hold one, and so for whatever they spend their time on:
 * the wait is passed on to the places where requests wait while they hold it, in proportion, and what they spend otherwise
 * stays with it. A full service in front of a slow database is thus not taken for the cause. The idea is that of
 * J. E. Neilson, C. M. Woodside, D. C. Petriu, S. Majumdar, "Software bottlenecking in client-server systems and rendezvous
 * networks", IEEE Transactions on Software Engineering 21(9), 1995: the bottleneck is the saturated server that holds no
 * saturated one. Differs from the source: shares of measured time in place of utilisations.
 *
 * Time lost to tries that failed is waiting as far as those behind the call wait rather than work, by the meters of their
 * stations, since nobody sees the end of a try that was given up.
 */
export function waitingBlame(
  plan: Plan,
  replications: readonly ReplicationResult[],
  requests: readonly TracedRequest[],
  from: number,
): Blame[] {
  const book = new BlameBook(plan, replications, requests, from)
  return [...book.total().entries()]
    .map(([key, ns]) => ({ place: placeOf(key), ns }))
    .toSorted((a, b) => b.ns - a.ns || (keyOf(a.place) < keyOf(b.place) ? -1 : 1))
}

type Shares = ReadonlyMap<string, number>

/** What stations of one place measured. */
interface Metered {
  readonly pc: number
  readonly queueNs: number
  readonly busyNs: number
}

class BlameBook {
  private readonly plan: Plan
  private readonly replications: readonly ReplicationResult[]
  private readonly from: number
  /** Time of all requests by instruction: waiting, lost to failed tries, anything else. */
  private readonly waitNs: Float64Array
  private readonly retryNs: Float64Array
  private readonly workNs: Float64Array
  private readonly known = new Map<number, Shares>()

  constructor(
    plan: Plan,
    replications: readonly ReplicationResult[],
    requests: readonly TracedRequest[],
    from: number,
  ) {
    this.plan = plan
    this.replications = replications
    this.from = from
    const times = { wait: zeros(plan), retry: zeros(plan), work: zeros(plan) }
    for (const { pc, part, fromNs, toNs } of requests.flatMap((request) => request.hops())) {
      if (pc < 0) continue
      const column = part === 'queue' || part === 'lock' ? times.wait : part === 'retry' ? times.retry : times.work
      column[pc] = column[pc]! + toNs - fromNs
    }
    this.waitNs = times.wait
    this.retryNs = times.retry
    this.workNs = times.work
  }

  total(): Map<string, number> {
    const total = new Map<string, number>()
    for (const pc of this.plan.instructions.keys()) {
      addShares(total, this.sharesOfWait(pc), this.waitNs[pc]!)
      if (this.retryNs[pc]! > 0) addShares(total, this.sharesOfRetry(pc), this.retryNs[pc]!)
    }
    return total
  }

  /** Shares of the waiting at an instruction by place; they sum to 1. */
  private sharesOfWait(pc: number): Shares {
    const known = this.known.get(pc)
    if (known !== undefined) return known
    const held = heldDuring(this.plan, pc)
    const shares = held.size === 0 ? new Map<string, number>() : this.sharesOfHolders(held)
    const passedOn = [...shares.values()].reduce((sum, share) => sum + share, 0)
    addShares(shares, new Map([[this.keyAt(pc), 1]]), 1 - passedOn)
    this.known.set(pc, shares)
    return shares
  }

  private sharesOfHolders(held: ReadonlySet<number>): Map<string, number> {
    const sumOver = (column: Float64Array): number => [...held].reduce((sum, pc) => sum + column[pc]!, 0)
    const whole = sumOver(this.waitNs) + sumOver(this.retryNs) + sumOver(this.workNs)
    if (whole === 0) return this.sharesByMeter(held)
    const shares = new Map<string, number>()
    for (const pc of held) {
      if (this.waitNs[pc]! > 0) addShares(shares, this.sharesOfWait(pc), this.waitNs[pc]! / whole)
      if (this.retryNs[pc]! > 0) addShares(shares, this.sharesOfRetry(pc), this.retryNs[pc]! / whole)
    }
    return shares
  }

  /** Shares of the time lost at a call by place; what they leave to 1 was no waiting. */
  private sharesOfRetry(pc: number): Shares {
    return this.sharesByMeter(behindCall(this.plan, pc))
  }

  private sharesByMeter(pcs: ReadonlySet<number>): Map<string, number> {
    const places = new Map<string, Metered>()
    for (const pc of pcs) {
      const key = this.keyAt(pc)
      if (this.plan.instructions[pc]!.station !== '' && !places.has(key)) places.set(key, this.metered(pc))
    }
    const whole = [...places.values()].reduce((sum, { queueNs, busyNs }) => sum + queueNs + busyNs, 0)
    const shares = new Map<string, number>()
    for (const { pc, queueNs } of places.values()) {
      if (queueNs > 0) addShares(shares, this.sharesOfWait(pc), queueNs / whole)
    }
    return shares
  }

  /** Being held is no work: the time of those who hold a worker or a connection is measured where they spend it. */
  private metered(pc: number): Metered {
    const place = placeOf(this.keyAt(pc))
    const sum = (column: 'queueArea' | 'busyArea'): number =>
      this.replications
        .flatMap(({ stations }) => stations)
        .filter(({ component, name }) => component === place.component && isStationOf(name, place.station))
        .reduce((all, { columns }) => all + columns[column].subarray(this.from).reduce((ns, area) => ns + area, 0), 0)
    const isHeld = heldDuring(this.plan, pc).size > 0
    return { pc, queueNs: sum('queueArea'), busyNs: isHeld ? 0 : sum('busyArea') }
  }

  private keyAt(pc: number): string {
    const { owner, station, op } = this.plan.instructions[pc]!
    return keyOf({ component: this.plan.components[owner]?.id ?? '', station: station === '' ? op : station })
  }
}

function zeros({ instructions }: Plan): Float64Array {
  return new Float64Array(instructions.length)
}

function addShares(to: Map<string, number>, shares: Shares, factor: number): void {
  if (factor <= 0) return
  for (const [key, share] of shares) to.set(key, (to.get(key) ?? 0) + share * factor)
}

function keyOf({ component, station }: Place): string {
  return `${component} ${station}`
}

function placeOf(key: string): Place {
  const [component = '', station = ''] = key.split(' ')
  return { component, station }
}
