// Sticky sessions: a client stays with the target that answered it first, by a cookie that lasts for a time.

import type { InstanceRule } from './instance-rule.ts'

/** Room for sessions to begin with. */
const ROOM_AT_FIRST = 1024

/**
 * Which target each client's cookie names, and until when.
 *
 * Source: Amazon Web Services, "Classic Load Balancer: configure sticky sessions", section "Duration-based session
 * stickiness": the cookie is set at the first request and lasts for the duration; while its target is healthy, it decides;
 * else another target is chosen, and a new cookie set.
 * Differs from the source: none.
 */
export class StickySessions {
  private readonly durationNs: number
  /** Place of a client's session by client. */
  private readonly places = new Map<number, number>()
  private targets = new Int32Array(ROOM_AT_FIRST)
  /** Generation of the target when the cookie was set. */
  private generations = new Int32Array(ROOM_AT_FIRST)
  private endsNs = new Float64Array(ROOM_AT_FIRST)

  /** [target] = how many there have been in its place. */
  private readonly generationOf: Int32Array

  constructor(targets: number, durationNs: number) {
    this.durationNs = durationNs
    this.generationOf = new Int32Array(targets)
  }

  /** A target has gone for good; cookies that name it are void, even for another one in its place. */
  forget(target: number): void {
    this.generationOf[target] = this.generationOf[target]! + 1
  }

  /** The target that a client's cookie names, -1 when it has none that is valid. */
  targetOf(client: number, clock: Float64Array): number {
    const place = this.places.get(client)
    if (place === undefined || clock[0]! >= this.endsNs[place]!) return -1
    const target = this.targets[place]!
    return this.generations[place] === this.generationOf[target] ? target : -1
  }

  /** Sets a client's cookie. */
  assign(client: number, target: number, clock: Float64Array): void {
    const place = this.places.get(client) ?? this.places.size
    if (place === this.places.size) {
      this.places.set(client, place)
      if (place === this.targets.length) this.grow()
    }
    this.targets[place] = target
    this.generations[place] = this.generationOf[target]!
    this.endsNs[place] = clock[0]! + this.durationNs
  }

  private grow(): void {
    const targets = new Int32Array(2 * this.targets.length)
    const generations = new Int32Array(targets.length)
    const endsNs = new Float64Array(targets.length)
    targets.set(this.targets)
    generations.set(this.generations)
    endsNs.set(this.endsNs)
    this.targets = targets
    this.generations = generations
    this.endsNs = endsNs
  }
}

/** Sticky sessions. */
export const stickySessions: InstanceRule = {
  id: 'sticky',
  label: 'Sticky sessions',
  help: 'Sticky sessions: a client stays with the instance that it was sent to first, while it is healthy.',
  source:
    'Amazon Web Services, "Classic Load Balancer: configure sticky sessions", section "Duration-based session stickiness".',
  differs: '',
}
