/** The guard at the trust boundary: plain calls of known methods come through, anything else ends the connection. */
import type { Channel } from '../contract/channel.ts'

/**
 * comlink trusts its peer: along any path of properties it lets it get, set, call and construct, so a page could reach
 * `Function` or alter the prototypes of the host. Only the call of one listed method with plain arguments is let in.
 */
export function onlyCalls(channel: Channel, methods: ReadonlySet<string>): Channel {
  return {
    ...channel,
    onMessage: (listener) =>
      channel.onMessage((value) => {
        if (isPlainCall(value, methods)) listener(value)
        else channel.close()
      }),
  }
}

/** Most characters of the name that an answer comes back under. */
const ID_MAX = 200

/** Most arguments: no method takes more than one, and a few more get an answer that says so. */
const ARGUMENTS_MAX = 8

function isPlainCall(message: unknown, methods: ReadonlySet<string>): boolean {
  if (typeof message !== 'object' || message === null) return false
  const { id, type, path, argumentList } = message as Readonly<Record<string, unknown>>
  const isCall = type === 'APPLY' && typeof id === 'string' && id !== '' && id.length <= ID_MAX
  return isCall && isMethod(path, methods) && isPlainList(argumentList)
}

function isMethod(path: unknown, methods: ReadonlySet<string>): boolean {
  return Array.isArray(path) && path.length === 1 && typeof path[0] === 'string' && methods.has(path[0])
}

function isPlainList(list: unknown): boolean {
  return Array.isArray(list) && list.length <= ARGUMENTS_MAX && list.every(isRaw)
}

function isRaw(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'RAW'
}
