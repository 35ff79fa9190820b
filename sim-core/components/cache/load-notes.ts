// What a request remembers of the load that it does: when it began, and the versions that it began with.
import type { Frames } from '../../kernel/frames.ts'

/** Notes by frame, for the keys of one population: a frame carries one key of it, so it never loads two at a time. */
export class LoadNotes {
  /** Version of the key at the source. */
  readonly versions: Int32Array
  /** Version of the group of the key. */
  readonly groups: Int32Array
  readonly sinceNs: Float64Array

  /** Memory is reserved at once and touched as it is used, as that of the frames. */
  constructor(frames: Frames) {
    this.versions = new Int32Array(frames.capacity)
    this.groups = new Int32Array(frames.capacity)
    this.sinceNs = new Float64Array(frames.capacity)
  }
}
