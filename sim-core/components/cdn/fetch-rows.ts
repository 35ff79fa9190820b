// What a network remembers of every fetch under way.

/** Columns by frame handle. Memory is reserved at once and touched as it is used. */
export class FetchRows {
  /** Where its client is: an index into the clients of the network. */
  readonly client: Int32Array
  /** The location that serves it. */
  readonly location: Int32Array
  /** Round trip of its last mile in ns. */
  readonly lastMileNs: Float64Array
  /** The version of the object that it brings back, and until when that may be served. */
  readonly version: Int32Array
  readonly expiresAtNs: Float64Array

  /** @param capacity frames that there may be */
  constructor(capacity: number) {
    this.client = new Int32Array(capacity)
    this.location = new Int32Array(capacity)
    this.lastMileNs = new Float64Array(capacity)
    this.version = new Int32Array(capacity)
    this.expiresAtNs = new Float64Array(capacity)
  }

  /** Gives a fetch what another one brought. */
  copyObject(from: number, to: number): void {
    this.version[to] = this.version[from]!
    this.expiresAtNs[to] = this.expiresAtNs[from]!
  }
}
