/** What passes between a measurement of cache curves and its threads. */
import type { AccessTrace } from '../../sim-core/components/cache/curve/access-trace.ts'

/** What a thread is started with: one policy over several traces. The arrays of traces are shared between threads. */
export interface CurveJob {
  readonly policy: string
  readonly traces: readonly AccessTrace[]
  /** By trace, in the order of the sizes of the curve; 0 for those that are not to be measured. */
  readonly capacities: readonly (readonly number[])[]
  readonly seed: number
}

/** What a thread says: how many sizes are done, and at last the misses by trace and size (0 where not measured). */
export type CurveMessage =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly misses: readonly Float64Array[] }
