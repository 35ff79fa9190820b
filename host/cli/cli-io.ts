/** The surroundings of a command: where it writes and how it ends. Tests give their own. */

/** What a command may do to the world. */
export interface CliIo {
  /** Writes data; what a pipe receives. */
  stdout(text: string): void
  /** Writes what is for people only: progress, warnings. */
  stderr(text: string): void
  /** Whether stderr is a terminal that can show progress. */
  readonly isTerminal: boolean
  /** Whether stdout may carry colour: it is a terminal and NO_COLOR is not set. */
  readonly colour: boolean
  /** Sets the exit code of the process, which ends when its work is done. */
  exitWith(code: number): void
}

/** How the program ends. */
export const exitCodes = {
  ok: 0,
  /** The command line itself is wrong. */
  usage: 1,
  /** A scenario, or another input file, is wrong. */
  invalidInput: 2,
  /** The run ended, and an objective is missed. */
  objectiveMissed: 3,
  storage: 5,
  /** The wanted precision was not reached. */
  notConverged: 6,
  /** A mistake of the program. */
  internal: 70,
} as const
