/** Notes in the log which calls failed for a reason that is not the user's. */
import { HostError } from '../contract/host-error.ts'
import type { Log } from './log.ts'

/** Codes of failures that are the user's to mend, told where they arise. */
const USERS = new Set(['cancelled', 'read-only', 'conflict', 'not-found', 'invalid-call'])

type Method = (...args: readonly unknown[]) => Promise<unknown>

/** The same methods. */
export function loggedCalls<Methods extends object>(methods: Methods, log: Log): Methods {
  const logged =
    (call: string, method: Method): Method =>
    async (...args) => {
      try {
        return await method(...args)
      } catch (error) {
        note(log, call, error)
        throw error
      }
    }
  const entries: readonly [string, Method][] = Object.entries(methods)
  return Object.fromEntries(entries.map(([call, method]) => [call, logged(call, method)])) as Methods
}

function note(log: Log, call: string, error: unknown): void {
  if (!(error instanceof HostError)) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    log('error', 'call-failed', { call, message, trace: stack })
  } else if (!USERS.has(error.details.code)) {
    const { code, message, trace } = error.details
    log('error', 'call-failed', { call, code, message, trace })
  }
}
