// Two things in a scenario that cannot both be.
import type { PlacedComplaint } from './field.ts'

/** @param path of the value to blame, from the place of the check */
export function contradiction(message: string, hint: string, path: readonly (string | number)[] = []): PlacedComplaint {
  return { code: 'contradiction', message, hint, path }
}
