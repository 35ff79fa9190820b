/** Ctrl-C: the first one asks a command to stop, a later one ends the program. */

/** A shell and npm may each hand on one and the same keypress; what comes within this many ms is one. */
const SAME_KEYPRESS_MS = 300

/** What follows from interrupts. */
export interface InterruptReactions {
  readonly nowMs: () => number
  readonly stop: () => void
  readonly endNow: () => void
}

/** To be called at every interrupt. */
export function onInterrupt({ nowMs, stop, endNow }: InterruptReactions): () => void {
  let firstMs: number | undefined
  return () => {
    const atMs = nowMs()
    if (firstMs === undefined) {
      firstMs = atMs
      stop()
    } else if (atMs - firstMs >= SAME_KEYPRESS_MS) endNow()
  }
}
