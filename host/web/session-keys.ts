/** Who may come in: links that work once, and the sessions that they are exchanged for. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Bytes of chance in every token, and of the key that signs: 256 bits. */
export const KEY_BYTES = 32

/** A link that nobody opened works for a day, a session for 90 days, in ms. */
const LIFETIME_MS = { link: 86_400_000, session: 7_776_000_000 } as const

/** What a token is good for. */
export type TokenKind = keyof typeof LIFETIME_MS

const PATTERN = /^[0-9a-z]{1,12}\.[\w-]{43}\.[\w-]{43}$/u

/**
 * Makes and checks tokens `time.chance.signature` for one port. The signature is an HMAC-SHA-256 under a key that stays
 * in the data folder, so a session outlives a restart of the host without being written down anywhere: who can read that
 * key can read the data beside it already, and nobody else can make a token. A link is used up by its first use; what
 * was made before this start does not count, so that a restart does not make it good again.
 */
export class SessionKeys {
  readonly #key: Buffer
  readonly #port: number
  readonly #nowMs: () => number
  readonly #startedMs: number
  readonly #used = new Set<string>()

  /** @param nowMs the wall clock */
  constructor(key: Buffer, port: number, nowMs: () => number) {
    this.#key = key
    this.#port = port
    this.#nowMs = nowMs
    this.#startedMs = nowMs()
  }

  make(kind: TokenKind): string {
    const body = `${this.#nowMs().toString(36)}.${randomBytes(KEY_BYTES).toString('base64url')}`
    return `${body}.${this.#signature(kind, body)}`
  }

  isSession(token: string): boolean {
    return this.#isValid('session', token)
  }

  /** Whether a link is good; it is so only once. */
  useLink(token: string): boolean {
    if (!this.#isValid('link', token) || this.#used.has(token) || madeMs(token) < this.#startedMs) return false
    this.#used.add(token)
    return true
  }

  /** Answers a challenge as only a holder of the key can; it is good for nothing else. */
  proof(challenge: string): string {
    return this.#signature('proof', challenge)
  }

  #isValid(kind: TokenKind, token: string): boolean {
    if (!PATTERN.test(token)) return false
    const cut = token.lastIndexOf('.')
    const given = Buffer.from(token.slice(cut + 1))
    const right = timingSafeEqual(given, Buffer.from(this.#signature(kind, token.slice(0, cut))))
    const ageMs = this.#nowMs() - madeMs(token)
    return right && ageMs >= 0 && ageMs < LIFETIME_MS[kind]
  }

  #signature(kind: TokenKind | 'proof', body: string): string {
    return createHmac('sha256', this.#key).update(`headroom ${kind} ${this.#port} ${body}`).digest('base64url')
  }
}

function madeMs(token: string): number {
  return Number.parseInt(token.slice(0, token.indexOf('.')), 36)
}
