/** The surroundings of commands that run for a while: also how wide the output is, and interrupts. */
import type { CliIo } from './cli-io.ts'

/** What `run` needs beside the means of every command. */
export interface Terminal extends CliIo {
  /** Columns of stdout and of stderr; undefined when it is no terminal. */
  readonly outColumns: number | undefined
  readonly errorColumns: number | undefined
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number
  /** Calls back at every Ctrl-C, or its like; the answer ends that. */
  onInterrupt(react: () => void): () => void
  /** Calls back whenever Enter is pressed, where somebody sits who can; the answer ends that. */
  onEnter(react: () => void): () => void
  /** Ends the program at once. */
  endNow(code: number): void
}

/** Exit code of a program that was interrupted: 128 and the number of SIGINT, as shells have it. */
export const EXIT_INTERRUPTED = 130
