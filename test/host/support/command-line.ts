/** The program as whoever calls it sees it: what it prints where, and the code it ends with. */
import { runProgram } from '../../../host/cli/program.ts'
import type { Terminal } from '../../../host/cli/terminal.ts'
import type { Host } from '../../../host/contract/host.ts'

export interface Seen {
  out: string
  err: string
  code: number
}

export interface CallOptions {
  /** What makes a terminal of the pipe that it is called through. */
  readonly terminal?: Partial<Terminal>
  readonly debug?: boolean
}

/** Runs the program over a host to its end. */
export async function callProgram(
  args: readonly string[],
  host: Host,
  { terminal: changes = {}, debug = false }: CallOptions = {},
): Promise<Seen> {
  const seen: Seen = { out: '', err: '', code: 0 }
  const terminal: Terminal = {
    stdout: (text) => void (seen.out += text),
    stderr: (text) => void (seen.err += text),
    isTerminal: false,
    colour: false,
    outColumns: undefined,
    errorColumns: undefined,
    nowMs: () => 0,
    exitWith: (code) => void (seen.code = code),
    endNow: (code) => void (seen.code = code),
    onInterrupt: () => () => {},
    onEnter: () => () => {},
    ...changes,
  }
  await runProgram(args, terminal, host, {
    version: '1.2.3',
    oracleRunner: '/nowhere/oracle.ts',
    pageFolder: '/nowhere/page',
    pageBuilder: '/nowhere/build-page.mjs',
    debug,
  })
  return seen
}
