/** A duplex channel of plain values: what WebSockets, DOM ports and Electron's ports have in common. */

/** Values survive JSON: objects, arrays, strings, finite numbers, booleans and null. */
export interface Channel {
  post(value: unknown): void
  /** Calls back for every value until the answer is called. */
  onMessage(listener: (value: unknown) => void): () => void
  onClose(listener: () => void): void
  close(): void
  /** Bytes that were posted and are not on their way yet; absent where the carrier does not tell. */
  readonly bufferedBytes?: () => number
}
