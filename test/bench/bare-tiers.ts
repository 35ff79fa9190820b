// The three tiers as a bare loop over typed arrays.
import { bareExponential, BareHeap, bareNormal, BareRandom, bareRecord } from './bare-parts.ts'
import { BareLru, bareZipfTable } from './bare-cache.ts'
import type { Measurement } from './benchmark.ts'
import { cpuSeconds, timed } from './benchmark.ts'

const KEYS = 1_000_000
const CACHED = 100_000
const SLOTS = 1 << 20
const HOP_S = 0.0005
const APP_SIGMA = 0.5
const APP_MU = Math.log(0.032) - (APP_SIGMA * APP_SIGMA) / 2
const DATABASE_S = 0.02

// What an event means, in the high byte of its tag; the request's slot is in the rest.
const ARRIVE = 0
const AT_BALANCER = 1
const AT_APP = 2
const APP_DONE = 3
const AT_DATABASE = 4
const DATABASE_DONE = 5
const ANSWERED_BY_DATABASE = 6
const ANSWERED = 7

/** The same model and size as the scenario; the check is the mean latency in ms. */
export function bareTiers(hops: boolean, size: number, requests: number): Measurement {
  const startSeconds = cpuSeconds()
  const model = new BareTiers(hops, size, requests)
  const setUpSeconds = cpuSeconds() - startSeconds
  return timed(() => {
    model.run()
    return { requests: model.done, events: model.events, check: (model.latency[0]! / model.done) * 1000 }
  }, setUpSeconds)
}

class BareTiers {
  done = 0
  events = 0
  readonly latency = new Float64Array(1)
  private readonly hops: boolean
  private readonly requests: number
  private readonly meanGap: number
  private readonly apps: number
  private readonly shards: number
  private readonly heap = new BareHeap(SLOTS)
  private readonly startedAt = new Float64Array(SLOTS)
  private readonly key = new Int32Array(SLOTS)
  private readonly station = new Int32Array(SLOTS)
  private readonly behind = new Int32Array(SLOTS)
  private readonly free = Int32Array.from({ length: SLOTS }, (_, i) => SLOTS - 1 - i)
  private freeCount = SLOTS
  private readonly active: Int32Array
  private turn = 0
  // Stations: the instances, then the shards.
  private readonly busy: Int32Array
  private readonly head: Int32Array
  private readonly tail: Int32Array
  private readonly cache = new BareLru(KEYS, CACHED)
  private readonly zipf = bareZipfTable(KEYS)
  private readonly counts = new Uint32Array(2048)
  private readonly gaps = new BareRandom(1)
  private readonly keys = new BareRandom(2)
  private readonly works = new BareRandom(3)
  private readonly ways = new BareRandom(4)

  constructor(hops: boolean, size: number, requests: number) {
    this.hops = hops
    this.requests = requests
    this.apps = 20 * size
    this.shards = 8 * size
    this.meanGap = 1 / (2000 * size)
    this.active = new Int32Array(this.apps)
    this.busy = new Int32Array(this.apps + this.shards)
    this.head = new Int32Array(this.apps + this.shards).fill(-1)
    this.tail = new Int32Array(this.apps + this.shards)
    for (let key = CACHED - 1; key >= 0; key--) this.cache.insert(key)
  }

  run(): void {
    const { heap } = this
    let arrivals = 0
    heap.push(bareExponential(this.gaps) * this.meanGap, ARRIVE)
    while (heap.length > 0) {
      const now = heap.times[0]!
      const tag = heap.tags[0]!
      heap.drop()
      this.events++
      if (tag >>> 24 === ARRIVE) {
        if (++arrivals < this.requests) heap.push(now + bareExponential(this.gaps) * this.meanGap, ARRIVE)
        const slot = this.free[--this.freeCount]!
        this.startedAt[slot] = now
        this.key[slot] = this.drawKey()
        this.go(AT_BALANCER, slot, now)
      } else this.at(tag >>> 24, tag & 0xff_ffff, now)
    }
  }

  /** Over a link if there are any, else at once. */
  private go(to: number, slot: number, now: number): void {
    if (this.hops) this.heap.push(now + bareExponential(this.ways) * HOP_S, (to << 24) | slot)
    else this.at(to, slot, now)
  }

  private at(place: number, slot: number, now: number): void {
    switch (place) {
      case AT_BALANCER: {
        const app = this.fewest()
        this.active[app] = this.active[app]! + 1
        this.station[slot] = app
        this.go(AT_APP, slot, now)
        break
      }
      case AT_APP:
        this.enter(slot, 4, now)
        break
      case APP_DONE: {
        const app = this.station[slot]!
        this.leave(app, now)
        this.active[app] = this.active[app]! - 1
        if (this.cache.lookUp(this.key[slot]!)) this.go(ANSWERED, slot, now)
        else this.go(AT_DATABASE, slot, now)
        break
      }
      case AT_DATABASE:
        this.station[slot] = this.apps + ((Math.imul(this.key[slot]!, 0x9e37_79b1) >>> 16) % this.shards)
        this.enter(slot, 2, now)
        break
      case DATABASE_DONE:
        this.leave(this.station[slot]!, now)
        this.go(ANSWERED_BY_DATABASE, slot, now)
        break
      case ANSWERED_BY_DATABASE:
        this.cache.insert(this.key[slot]!)
        this.go(ANSWERED, slot, now)
        break
      default:
        this.answer(slot, now)
    }
  }

  private answer(slot: number, now: number): void {
    const latency = now - this.startedAt[slot]!
    this.latency[0] = this.latency[0]! + latency
    bareRecord(this.counts, latency)
    this.free[this.freeCount++] = slot
    this.done++
  }

  private enter(slot: number, servers: number, now: number): void {
    const station = this.station[slot]!
    if (this.busy[station]! < servers) {
      this.busy[station] = this.busy[station]! + 1
      this.serve(slot, station, now)
      return
    }
    this.behind[slot] = -1
    if (this.head[station]! < 0) this.head[station] = slot
    else this.behind[this.tail[station]!] = slot
    this.tail[station] = slot
  }

  private serve(slot: number, station: number, now: number): void {
    if (station < this.apps)
      this.heap.push(now + Math.exp(APP_MU + APP_SIGMA * bareNormal(this.works)), (APP_DONE << 24) | slot)
    else this.heap.push(now + bareExponential(this.works) * DATABASE_S, (DATABASE_DONE << 24) | slot)
  }

  private leave(station: number, now: number): void {
    const next = this.head[station]!
    if (next < 0) {
      this.busy[station] = this.busy[station]! - 1
      return
    }
    this.head[station] = this.behind[next]!
    this.serve(next, station, now)
  }

  /** The first of the instances with the fewest requests, from a place that moves on by one. */
  private fewest(): number {
    const { active, apps } = this
    let best = this.turn
    this.turn = this.turn + 1 === apps ? 0 : this.turn + 1
    for (let i = 0; i < apps; i++) if (active[i]! < active[best]!) best = i
    return best
  }

  private drawKey(): number {
    const column = (this.keys.unit() * KEYS) | 0
    return this.keys.word() >>> 0 < this.zipf[2 * column]! ? column : this.zipf[2 * column + 1]!
  }
}
