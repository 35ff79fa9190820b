// Where sampled requests spend their time: the parts, and who is told.

/** Parts into which every request's time divides, by code; the names are those of results. */
export const PARTS = ['queue', 'service', 'network', 'retry', 'lock'] as const
export type PartName = (typeof PARTS)[number]

/** Waiting for something busy. */
export const PART_QUEUE = 0
/** Being worked on, or held up by something outside the model. */
export const PART_SERVICE = 1
/** On the way between components. */
export const PART_NETWORK = 2
/** Lost to tries that failed, and to the pauses after them. */
export const PART_RETRY = 3
/** Waiting for another request to finish what both need. */
export const PART_LOCK = 4

/** Told of what happens to frames beyond their own program. */
export interface KernelObserver {
  /** The sampled request of `trace` spent [fromNs, toNs) at the instruction `pc`, as `part`. */
  segment(trace: number, pc: number, part: number, fromNs: number, toNs: number): void
  /** The caller of `frame` no longer waits for it, because of `cause`; what it still does is for nobody. */
  orphaned(frame: number, cause: number): void
}
