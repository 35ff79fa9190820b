// Work in the background: a frame that nobody waits for, begun by a request or by a timer.
import { NONE } from './frames.ts'
import type { Kernel } from './kernel.ts'

/**
 * Starts a frame at `entryPc` on an instance, or on none; it ends in EndBranch. It has no caller, so no endpoint counts it
 * and its work is not wasted; it is one of the frames in flight, and it dies with its instance. Its keys are left to the
 * caller. Answers the frame, or NONE when the bound on frames in flight is reached.
 */
export function startDetached(kernel: Kernel, entryPc: number, instance: number): number {
  const { frames } = kernel
  const frame = frames.allocate(kernel.clock[0]!)
  if (frame < 0) return NONE
  frames.setInstance(frame, instance)
  kernel.resume(frame, entryPc)
  return frame
}

/** The same with the keys and the priority of the frame that began it. Neither its deadline nor its trace goes along. */
export function startDetachedFor(kernel: Kernel, entryPc: number, starter: number, instance: number): number {
  const { frames } = kernel
  const frame = startDetached(kernel, entryPc, instance)
  if (frame < 0) return NONE
  frames.inherit(frame, starter)
  frames.setTrace(frame, NONE)
  return frame
}
