// The versions of every key: what was last written, and what has reached the source.

/** Version numbers by key; a key that was never written has version 0. */
export class SourceVersions {
  private readonly isBehind: boolean
  private latest = new Int32Array(0)
  private stored = this.latest

  /** @param isBehind whether what is written reaches the source later */
  constructor(isBehind: boolean) {
    this.isBehind = isBehind
  }

  /** Makes room for the keys 0 to `universe` - 1. */
  start(universe: number): void {
    this.latest = new Int32Array(universe)
    this.stored = this.isBehind ? new Int32Array(universe) : this.latest
  }

  /** The version last written. */
  latestOf(key: number): number {
    return this.latest[key]!
  }

  /** The version that a load which begins now will bring. */
  storedOf(key: number): number {
    return this.stored[key]!
  }

  /** The key was written. */
  raise(key: number): void {
    this.latest[key] = this.latest[key]! + 1
  }

  /** A version has reached the source. */
  store(key: number, version: number): void {
    if (version > this.stored[key]!) this.stored[key] = version
  }
}
