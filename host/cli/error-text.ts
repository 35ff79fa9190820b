/** Errors that are no fault of the user's input, told in two lines. */
import type { HostErrorDetails } from '../contract/host-error.ts'
import { HostError } from '../contract/host-error.ts'
import { exitCodes } from './cli-io.ts'
import { printable } from './style.ts'
import { EXIT_INTERRUPTED } from './terminal.ts'

/** The exit code of each kind of error. */
const CODES: Readonly<Record<HostErrorDetails['code'], number>> = {
  cancelled: EXIT_INTERRUPTED,
  storage: exitCodes.storage,
  'read-only': exitCodes.storage,
  conflict: exitCodes.storage,
  'not-found': exitCodes.invalidInput,
  'invalid-call': exitCodes.invalidInput,
  disconnected: exitCodes.storage,
  'worker-crashed': exitCodes.internal,
  internal: exitCodes.internal,
}

/** What to print and how to end. */
export interface ErrorReport {
  readonly text: string
  readonly exitCode: number
}

/** @param debug whether to tell where in the program it arose */
export function errorReport(error: unknown, debug: boolean): ErrorReport {
  const details = detailsOf(error)
  const { code, message, hint, trace = '' } = details
  const lines = [`error: ${message}`, secondLine(details, hint)]
  const stack = debug && trace !== '' ? `${trace}\n` : ''
  return { text: `${lines.map(printable).join('\n')}\n${stack}`, exitCode: CODES[code] }
}

/** How to see it again, when it is a mistake of ours; else what to do. */
function secondLine({ code, origin }: HostErrorDetails, hint: string): string {
  if (code !== 'internal' && code !== 'worker-crashed') return `  ${hint}`
  if (origin === undefined) return `  ${hint}; HEADROOM_DEBUG=1 tells where it arose`
  const { file, seed, planHash, engine } = origin
  return `  seed ${seed}, plan ${planHash}, engine ${engine}; replay: HEADROOM_DEBUG=1 headroom run ${file} --seed ${seed}`
}

function detailsOf(error: unknown): HostErrorDetails {
  if (error instanceof HostError) return error.details
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return { code: 'internal', message, hint: 'this is a mistake of the program', retryable: false, trace: stack }
}
