/** Names that the window's program and its preload agree on. */

/** Our own scheme: the page never comes from file://. */
export const SCHEME = 'app'

/** `URL.origin` of a custom scheme is "null", so origins are compared as `protocol//host`. */
export const ORIGIN = `${SCHEME}://headroom`

/** Messages between the window's program and the preload. */
export const channels = {
  requestPort: 'headroom:request-port',
  port: 'headroom:port',
  menu: 'headroom:menu',
  open: 'headroom:open',
  hostDied: 'headroom:host-died',
} as const
