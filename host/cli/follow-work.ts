/** Long work of a command: a line of progress while it goes on, and what Ctrl-C does to it. */
import { onInterrupt } from './interrupts.ts'
import { ProgressLine } from './progress-line.ts'
import type { Terminal } from './terminal.ts'
import { EXIT_INTERRUPTED } from './terminal.ts'

/** Columns that a terminal has which does not say. */
const DEFAULT_COLUMNS = 80

/** Work that was begun and can be stopped with what is done. */
export interface StoppableWork<Outcome> {
  readonly outcome: Promise<Outcome>
  cancel(): void
}

/** Work that ended, or was stopped. */
export interface FollowedWork<Outcome> {
  readonly outcome: Outcome
  readonly interrupted: boolean
}

/**
 * Begins work and waits for its end; the first Ctrl-C stops it with what is done, the next ends the program.
 * @param start begins it; every progress that it tells is shown by `show`, unless `quiet` or nobody looks
 */
export async function followWork<Progress, Outcome>(
  terminal: Terminal,
  quiet: boolean,
  start: (onProgress: (progress: Progress) => void) => StoppableWork<Outcome>,
  show: (line: ProgressLine, progress: Progress) => void,
): Promise<FollowedWork<Outcome>> {
  const showsProgress = terminal.isTerminal && !quiet
  const line = new ProgressLine(
    (text) => terminal.stderr(text),
    () => terminal.errorColumns ?? DEFAULT_COLUMNS,
  )
  let interrupted = false
  const work = start((progress) => {
    if (showsProgress && !interrupted) show(line, progress)
  })
  const unwatch = terminal.onInterrupt(
    onInterrupt({
      nowMs: terminal.nowMs,
      stop: () => {
        interrupted = true
        line.clear()
        if (terminal.isTerminal) terminal.stderr('stopping with what is done; Ctrl-C again ends at once\n')
        work.cancel()
      },
      endNow: () => terminal.endNow(EXIT_INTERRUPTED),
    }),
  )
  try {
    return { outcome: await work.outcome, interrupted }
  } finally {
    line.clear()
    unwatch()
  }
}
