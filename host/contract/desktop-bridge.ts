/** What the desktop window gives the page: the only names that a page sees of it, as `window.headroomDesktop`. */

/** A file that the user opened or dropped, whole. */
export interface OpenedFile {
  readonly fileName: string
  readonly base64: string
}

/** What the system asked for. */
export type OpenRequest =
  | { readonly kind: 'file'; readonly file: OpenedFile }
  /** An address within the page, such as `#/results/run-id`. */
  | { readonly kind: 'address'; readonly address: string }

/** The bridge. Listeners are called until the answer is called. */
export interface DesktopBridge {
  /** As in Node's `process.platform`. */
  readonly platform: string
  /** Asks for a port to the host; it comes as a message of the window: see `isHostPortMessage`. */
  requestPort(): void
  /** Called by the name of a menu entry, such as `run` or `go-library`. */
  onMenu(listener: (command: string) => void): () => void
  onOpen(listener: (request: OpenRequest) => void): () => void
  /** Called when the host process died: ports to it are dead, ask for a new one. */
  onHostDied(listener: () => void): () => void
}

/** The data of the window's message that carries the port to the host, in its `ports[0]`. */
export const HOST_PORT_MESSAGE = 'headroom:host-port'
