/** The traffic profile that stays as it is. */

import type { ProfileDefinition } from './profile.ts'

/** One level for the whole run. */
export interface ConstantSpec {
  /** Arrivals per second, or users; at least 0. */
  readonly level: number
}

/** `rate: 5000/s` */
export const constantProfile: ProfileDefinition<ConstantSpec> = {
  id: 'constant',
  label: 'Constant',
  help: 'The same rate from the start to the end of the run.',
  source: 'A form of our own; no publication.',
  differs: '',
  points: ({ level }) => [{ atNs: 0, level }],
}
