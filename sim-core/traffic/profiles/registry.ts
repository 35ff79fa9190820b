/** The only list of traffic profiles, and what turns a described one into a rate or a number of users over time. */

import type { RateProfile } from '../rate-profile.ts'
import type { UserProfile } from '../user-profile.ts'
import { constantProfile } from './constant.ts'
import { dailyProfile } from './daily.ts'
import { k6Profile } from './k6.ts'
import type { LevelPoint, ProfileDefinition } from './profile.ts'
import { stagesProfile } from './stages.ts'
import { stepsProfile } from './steps.ts'

const registered = {
  constant: constantProfile,
  stages: stagesProfile,
  steps: stepsProfile,
  daily: dailyProfile,
  k6: k6Profile,
}

type SpecOf<Definition> = Definition extends ProfileDefinition<infer Spec> ? Spec : never
type ProfileSpecs = { readonly [Kind in keyof typeof registered]: SpecOf<(typeof registered)[Kind]> }

/** Id of a traffic profile. */
export type ProfileKind = keyof ProfileSpecs

/** A described profile in base units: its kind and what that kind needs. */
export type ProfileSpec<Kind extends ProfileKind = ProfileKind> = {
  [K in Kind]: { readonly kind: K } & ProfileSpecs[K]
}[Kind]

/** Every traffic profile by id. */
export const profileDefinitions: { readonly [Kind in ProfileKind]: ProfileDefinition<ProfileSpecs[Kind]> } = registered

/**
 * Arrivals per second over the run.
 * @param factor multiplies every rate: growth and season.
 */
export function rateProfile(spec: ProfileSpec, durationNs: number, factor: number): RateProfile {
  return { points: levels(spec, durationNs).map(({ atNs, level }) => ({ atNs, perSecond: level * factor })) }
}

/** Closed users over the run. */
export function userProfile(spec: ProfileSpec, durationNs: number): UserProfile {
  return { points: levels(spec, durationNs).map(({ atNs, level }) => ({ atNs, users: level })) }
}

function levels<Kind extends ProfileKind>(spec: ProfileSpec<Kind>, durationNs: number): LevelPoint[] {
  return profileDefinitions[spec.kind].points(spec, durationNs)
}
