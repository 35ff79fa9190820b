// A cache of keys called A, B, C, ... that is read through, so that traces can be written and worked out by hand.
import type { EvictionDefinition, EvictionStore } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

/** The key of the letter A; a scan uses keys that are no letters. */
const FIRST_LETTER = 'A'.charCodeAt(0)
const LETTERS = 26
const UNIVERSE = 100_000

/** A store of so many entries under a policy, filled by whoever misses. */
export class LetteredCache {
  readonly #store: EvictionStore
  #scanned = LETTERS
  #requests = 0

  constructor(definition: EvictionDefinition, entries: number, seed = 1) {
    const stream = new RandomStreams(seed, 0).stream('test/eviction')
    this.#store = definition.create({ capacity: { entries }, universe: UNIVERSE, stream })
  }

  /** Asks for the letters in turn: `h` for each hit, `m` for each miss. */
  ask(letters: string): string {
    return letters
      .split('')
      .map((letter) => (this.#askKey(letter.charCodeAt(0) - FIRST_LETTER) ? 'h' : 'm'))
      .join('')
  }

  /** Asks for so many keys that nobody has asked for before, nor will again. */
  scan(keys: number): void {
    for (let key = 0; key < keys; key++) {
      this.#askKey(this.#scanned)
      this.#scanned += 1
    }
  }

  /** The letters that are held, in the order of the alphabet. */
  get held(): string {
    const letters = Array.from({ length: LETTERS }, (_, key) => (this.#store.find(key) >= 0 ? key : -1))
    return String.fromCharCode(...letters.filter((key) => key >= 0).map((key) => FIRST_LETTER + key))
  }

  /** Takes letters out, as an invalidation does. */
  remove(letters: string): void {
    for (const letter of letters) this.#store.remove(this.#store.find(letter.charCodeAt(0) - FIRST_LETTER))
  }

  /** Empties it, as a restart does. */
  clear(): void {
    this.#store.clear()
  }

  #askKey(key: number): boolean {
    this.#requests += 1
    const entry = this.#store.find(key)
    if (entry >= 0) this.#store.touch(entry, this.#requests)
    else this.#store.insert(key, 1, Infinity, this.#requests)
    return entry >= 0
  }
}
