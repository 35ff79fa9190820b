/** Finds out whether a port is taken by our own host over the same data folder, and makes a link to it. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Place } from './request-checks.ts'
import { KEY_BYTES, SessionKeys } from './session-keys.ts'

const CHALLENGE_HEADER = 'x-headroom-challenge'
const PROOF_HEADER = 'x-headroom-proof'

/** Characters of 32 bytes in base64url. */
const CHALLENGE = /^[\w-]{43}$/u

/** Time for an answer, in ms: it comes from this machine. */
const ANSWER_MS = 2_000

/** Shows who asks that this host holds the key, without giving anything away that opens a door. */
export function proveIdentity(request: IncomingMessage, response: ServerResponse, { sessions }: Place): void {
  const challenge = request.headers[CHALLENGE_HEADER]
  if (typeof challenge === 'string' && CHALLENGE.test(challenge)) {
    response.setHeader(PROOF_HEADER, sessions.proof(challenge))
  }
}

/**
 * A link to the host on this port when it proves that it holds the same key; undefined when somebody else is there. No
 * token is shown to whoever answers before that.
 */
export async function linkToRunningHost(key: Buffer, port: number, wallMs: () => number): Promise<string | undefined> {
  const sessions = new SessionKeys(key, port, wallMs)
  const challenge = randomBytes(KEY_BYTES).toString('base64url')
  const address = `http://127.0.0.1:${port}/`
  try {
    const { headers } = await fetch(address, {
      method: 'HEAD',
      headers: { [CHALLENGE_HEADER]: challenge },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const given = Buffer.from(headers.get(PROOF_HEADER) ?? '')
    const wanted = Buffer.from(sessions.proof(challenge))
    const same = given.length === wanted.length && timingSafeEqual(given, wanted)
    return same ? `${address}?token=${sessions.make('link')}` : undefined
  } catch {
    return undefined
  }
}
