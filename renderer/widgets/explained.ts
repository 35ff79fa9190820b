/** The words of whatever was caught. */
import type { HostErrorDetails } from '../../host/contract/host-error.ts'
import { HostError } from '../../host/contract/host-error.ts'

/** What happened and what to do, in sentences. */
export interface Explained {
  readonly message: string
  readonly hint: string
}

/** A HostError and its details speak for themselves; anything else is a fault of the program. */
export function explained(error: unknown): Explained {
  if (error instanceof HostError) return sentences(error.details)
  if (isDetails(error)) return sentences(error)
  const message = error instanceof Error ? error.message : String(error)
  return {
    message: sentence(message),
    hint: 'This is a fault of the program, not of your work, which is kept. Load the page again.',
  }
}

function sentences({ message, hint }: HostErrorDetails): Explained {
  return { message: sentence(message), hint: hint === '' ? '' : sentence(hint) }
}

/** With a capital in front and a full stop behind. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?…]$/u.test(begun) ? begun : `${begun}.`
}

function isDetails(error: unknown): error is HostErrorDetails {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error && 'hint' in error
}
