// Eviction that learns from its regrets whether recency or frequency is the better guide.

import { exp, pow } from '../../../kernel/deterministic-math.ts'
import type { RandomStream } from '../../../kernel/random.ts'
import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { FrequencyOrder } from './frequency-order.ts'
import { GhostQueue } from './ghost-queue.ts'

/** The learning rate lambda. */
const LEARNING_RATE = 0.45

/** The discount of a regret after as many requests as the cache has room for. */
const DISCOUNT_PER_CAPACITY = 0.005

/** Neither weight falls below about this, so that neither expert is ever out. */
const WEIGHT_MIN = 1e-10

/** The only ring: by last access. */
const RECENCY = 0

/** Places of the numbers that change with requests, in one array. */
const REQUESTS = 0
const LRU_WEIGHT = 1

/**
 * Source: G. Vietri, L. V. Rodriguez, W. A. Martinez, S. Lyons, J. Liu, R. Rangaswami, M. Zhao, G. Narasimhan, "Driving
 * cache replacement with ML-based LeCaR", HotStorage 2018, algorithms 1 and 2: on a miss found in the history of an
 * expert, the other expert's weight becomes w * e^(lambda * r), r = d^t, t the requests since that eviction, d =
 * 0.005^(1/N); weights are normalised; each victim is chosen by LRU or LFU with the probability of its weight.
 * Differs from the source: see `differs` below.
 */
class LecarOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #stream: RandomStream
  readonly #discount: number
  readonly #recency = new EntryRings(1)
  readonly #frequency = new FrequencyOrder()
  /** Evicted keys, each with the number of the request of its eviction, negative when LFU chose it. */
  readonly #history: GhostQueue
  readonly #numbers = Float64Array.of(0, 0.5)

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity, stream } = options
    this.#residents = residents
    this.#stream = stream
    this.#discount = pow(DISCOUNT_PER_CAPACITY, 1 / capacity)
    this.#history = new GhostQueue(options, capacity)
  }

  grow(slots: number): void {
    this.#recency.grow(slots)
    this.#frequency.grow(slots)
  }

  admits(key: number): boolean {
    this.#countRequest()
    const history = this.#history
    const remembered = history.find(key)
    if (remembered >= 0) {
      const note = history.noteOf(remembered)
      history.delete(remembered)
      this.#regret(note)
    }
    return true
  }

  evict(): number {
    const isByRecency = this.#stream.nextUnit() < this.#numbers[LRU_WEIGHT]!
    const victim = isByRecency ? this.#recency.oldest(RECENCY) : this.#frequency.leastFrequent()
    this.removed(victim)
    const request = this.#numbers[REQUESTS]!
    const note = isByRecency ? request : -request
    this.#history.remember(this.#residents.keyOf(victim), this.#residents.weight(victim), note)
    return victim
  }

  inserted(entry: number): void {
    this.#recency.add(RECENCY, entry)
    this.#frequency.add(entry)
  }

  touched(entry: number): void {
    this.#countRequest()
    this.#recency.renew(RECENCY, entry)
    this.#frequency.increase(entry)
  }

  removed(entry: number): void {
    this.#recency.delete(entry)
    this.#frequency.delete(entry)
  }

  cleared(): void {
    this.#recency.clear()
    this.#frequency.clear()
    this.#history.clear()
    this.#numbers[LRU_WEIGHT] = 0.5
  }

  #countRequest(): void {
    this.#numbers[REQUESTS] = this.#numbers[REQUESTS]! + 1
  }

  /** The expert that evicted what is asked for now loses weight; only the ratio of the two weights matters. */
  #regret(note: number): void {
    const numbers = this.#numbers
    const age = numbers[REQUESTS]! - Math.abs(note)
    const factor = exp(-LEARNING_RATE * pow(this.#discount, age))
    const lruWeight = numbers[LRU_WEIGHT]! * (note > 0 ? factor : 1) + WEIGHT_MIN
    const lfuWeight = (1 - numbers[LRU_WEIGHT]!) * (note > 0 ? 1 : factor) + WEIGHT_MIN
    numbers[LRU_WEIGHT] = lruWeight / (lruWeight + lfuWeight)
  }
}

/** LeCaR. */
export const lecar = definePolicy({
  id: 'lecar',
  label: 'LeCaR',
  help: 'Evicts by recency or by frequency with a probability that it learns: every miss on a key that was evicted lately counts against the one that chose it.',
  source: 'G. Vietri et al., "Driving cache replacement with ML-based LeCaR", HotStorage 2018, algorithms 1 and 2',
  differs:
    'One history of the size of the cache serves both; the blamed weight is multiplied by e^(-lambda r) instead of the other by e^(lambda r), which is the same after normalising; weights stay above 1e-10; a key that comes back starts with frequency 1.',
  createPolicy: (options, residents) => new LecarOrder(options, residents),
})
