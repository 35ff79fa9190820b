// Redis commands on strings and expiries as operations of a store on a virtual clock.

import type { EvictionStore } from '../../../sim-core/components/cache/eviction/eviction.ts'
import { redisNoeviction } from '../../../sim-core/components/cache/eviction/redis-noeviction.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'

const MILLISECOND_NS = 1_000_000

/** Different keys that a script may name. */
const KEYS_MAX = 1000

/** What TTL and PTTL answer for a key without expiry, and for none. */
const NO_EXPIRY = -1
const NO_KEY = -2

type Reply = string | number | null

/** Options of a command: words that stand alone, and words followed by a number. */
interface Options {
  readonly flags: ReadonlySet<string>
  /** When the key is to expire; undefined where nothing is said. */
  readonly expiresAtMs: number | undefined
}

/** A server with one client. Times are milliseconds since the server started. */
export class RedisScript {
  readonly #store: EvictionStore
  readonly #keys = new Map<string, number>()
  readonly #values = new Map<string, string>()
  #nowMs = 0

  constructor() {
    const stream = new RandomStreams(1, 0).stream('oracle/redis')
    this.#store = redisNoeviction.create({ capacity: { entries: KEYS_MAX }, universe: KEYS_MAX, stream })
  }

  advance(ms: number): void {
    this.#nowMs += ms
  }

  /** Runs one command and answers as the server does. Throws for a command that it does not know. */
  run([command = '', ...args]: readonly string[]): Reply {
    const [key = '', value = ''] = args
    const name = command.toUpperCase()
    switch (name) {
      case 'SET':
        return this.#set(key, value, this.#optionsOf(args.slice(2)))
      case 'SETNX':
        return this.#set(key, value, this.#optionsOf(['NX'])) === 'OK' ? 1 : 0
      case 'SETEX':
        return this.#set(key, args[2] ?? '', this.#optionsOf(['EX', value]))
      case 'PSETEX':
        return this.#set(key, args[2] ?? '', this.#optionsOf(['PX', value]))
      case 'GET':
      case 'GETDEL':
      case 'GETSET':
      case 'GETEX':
        return this.#read(name, args)
      default:
        return this.#runOnValue(name, args)
    }
  }

  #runOnValue(name: string, args: readonly string[]): Reply {
    const [key = '', value = ''] = args
    switch (name) {
      case 'INCR':
      case 'DECR':
      case 'INCRBY':
      case 'DECRBY':
        return this.#increase(key, name.startsWith('DECR') ? -Number(value || 1) : Number(value || 1))
      case 'APPEND':
        return this.#write(key, (this.#valueOf(key) ?? '') + value).length
      case 'STRLEN':
        return (this.#valueOf(key) ?? '').length
      case 'DEL':
      case 'UNLINK':
        return args.filter((each) => this.#remove(each)).length
      case 'EXISTS':
      case 'TOUCH':
        return args.filter((each) => this.#entryOf(each) >= 0).length
      default:
        return this.#runOnExpiry(name, args)
    }
  }

  #runOnExpiry(name: string, args: readonly string[]): Reply {
    const [key = '', value = ''] = args
    switch (name) {
      case 'TTL':
        return this.#ttl(key, (ms) => Math.floor((ms + 500) / 1000))
      case 'PTTL':
        return this.#ttl(key, (ms) => ms)
      case 'PERSIST':
        return this.#persist(key) ? 1 : 0
      case 'EXPIRE':
        return this.#expire(key, this.#nowMs + 1000 * Number(value), new Set(args.slice(2).map(upper)))
      case 'PEXPIRE':
        return this.#expire(key, this.#nowMs + Number(value), new Set(args.slice(2).map(upper)))
      case 'RENAME':
        return this.#rename(key, value)
      case 'RENAMENX':
        if (this.#entryOf(value) >= 0) return 0
        return this.#rename(key, value) === 'OK' ? 1 : 0
      default:
        throw new TypeError(`no adapter for the command ${name}`)
    }
  }

  #read(name: string, [key = '', ...rest]: readonly string[]): Reply {
    const value = this.#valueOf(key)
    if (name === 'GETSET') this.#set(key, rest[0] ?? '', this.#optionsOf([]))
    if (value === undefined) return null
    if (name === 'GETDEL') this.#remove(key)
    if (name === 'GETEX') {
      const { flags, expiresAtMs } = this.#optionsOf(rest)
      if (flags.has('PERSIST')) this.#persist(key)
      else if (expiresAtMs !== undefined) this.#expireAt(key, expiresAtMs)
    }
    return value
  }

  #set(key: string, value: string, { flags, expiresAtMs }: Options): Reply {
    const entry = this.#entryOf(key)
    const before = this.#valueOf(key) ?? null
    const isRefused = (flags.has('NX') && entry >= 0) || (flags.has('XX') && entry < 0)
    if (!isRefused) {
      const keptMs = flags.has('KEEPTTL') && entry >= 0 ? this.#store.expiresAtNs(entry) / MILLISECOND_NS : Infinity
      this.#insert(key, value, expiresAtMs ?? keptMs)
    }
    if (flags.has('GET')) return before
    return isRefused ? null : 'OK'
  }

  /** Changes a value without touching its expiry. */
  #write(key: string, value: string): string {
    const entry = this.#entryOf(key)
    this.#insert(key, value, entry >= 0 ? this.#store.expiresAtNs(entry) / MILLISECOND_NS : Infinity)
    return value
  }

  #increase(key: string, by: number): number {
    return Number(this.#write(key, String(Number(this.#valueOf(key) ?? '0') + by)))
  }

  #ttl(key: string, rounded: (ms: number) => number): number {
    const entry = this.#entryOf(key)
    if (entry < 0) return NO_KEY
    const expiresAtNs = this.#store.expiresAtNs(entry)
    return expiresAtNs === Infinity ? NO_EXPIRY : rounded(expiresAtNs / MILLISECOND_NS - this.#nowMs)
  }

  #persist(key: string): boolean {
    const entry = this.#entryOf(key)
    if (entry < 0 || this.#store.expiresAtNs(entry) === Infinity) return false
    this.#store.setExpiry(entry, Infinity)
    return true
  }

  #expire(key: string, atMs: number, flags: ReadonlySet<string>): number {
    const entry = this.#entryOf(key)
    if (entry < 0) return 0
    const presentMs = this.#store.expiresAtNs(entry) / MILLISECOND_NS
    const isRefused =
      (flags.has('NX') && presentMs < Infinity) ||
      (flags.has('XX') && presentMs === Infinity) ||
      (flags.has('GT') && atMs <= presentMs) ||
      (flags.has('LT') && atMs >= presentMs)
    if (isRefused) return 0
    this.#expireAt(key, atMs)
    return 1
  }

  /** An expiry that is not in the future deletes. */
  #expireAt(key: string, atMs: number): void {
    if (atMs <= this.#nowMs) this.#remove(key)
    else this.#store.setExpiry(this.#entryOf(key), atMs * MILLISECOND_NS)
  }

  #rename(from: string, to: string): Reply {
    const entry = this.#entryOf(from)
    if (entry < 0) return 'ERR no such key'
    const value = this.#valueOf(from) ?? ''
    const expiresAtMs = this.#store.expiresAtNs(entry) / MILLISECOND_NS
    this.#remove(from)
    this.#insert(to, value, expiresAtMs)
    return 'OK'
  }

  #insert(key: string, value: string, expiresAtMs: number): void {
    const nowNs = this.#nowMs * MILLISECOND_NS
    this.#store.insert(this.#numberOf(key), 1, expiresAtMs * MILLISECOND_NS, nowNs)
    this.#values.set(key, value)
  }

  #valueOf(key: string): string | undefined {
    return this.#entryOf(key) < 0 ? undefined : this.#values.get(key)
  }

  #remove(key: string): boolean {
    const entry = this.#entryOf(key)
    if (entry >= 0) this.#store.remove(entry)
    return entry >= 0
  }

  /** The entry of a key that is there; an expired one is removed when it is looked for. */
  #entryOf(key: string): number {
    const entry = this.#store.find(this.#numberOf(key))
    if (entry < 0 || this.#store.expiresAtNs(entry) > this.#nowMs * MILLISECOND_NS) return entry
    this.#store.remove(entry)
    return -1
  }

  #numberOf(key: string): number {
    const known = this.#keys.get(key)
    if (known !== undefined) return known
    const number = this.#keys.size
    this.#keys.set(key, number)
    return number
  }

  #optionsOf(words: readonly string[]): Options {
    const flags = new Set<string>()
    let expiresAtMs: number | undefined
    for (let at = 0; at < words.length; at++) {
      const word = upper(words[at]!)
      const unitMs = word === 'EX' ? 1000 : word === 'PX' ? 1 : undefined
      if (unitMs === undefined) flags.add(word)
      else {
        at += 1
        expiresAtMs = this.#nowMs + unitMs * Number(words[at])
      }
    }
    return { flags, expiresAtMs }
  }
}

function upper(word: string): string {
  return word.toUpperCase()
}
