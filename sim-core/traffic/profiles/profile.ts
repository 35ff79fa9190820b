/** What a traffic profile supplies: the levels, arrivals per second or users, that its description asks for over time. */

/** A level from an instant on; straight lines between points, two points at one instant are a jump, the last holds. */
export interface LevelPoint {
  /** Integer ns since the start of the run. */
  readonly atNs: number
  /** Arrivals per second, or users. */
  readonly level: number
}

/** One traffic profile as the catalogue shows it. */
export interface ProfileDefinition<Spec> {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Where the form comes from. */
  readonly source: string
  /** Where ours differs from the source; empty when it does not. */
  readonly differs: string
  /**
   * The levels from 0 on, in order of time, the first at 0.
   * @param durationNs of the run; a profile without an end of its own stops once it is covered.
   */
  points(spec: Spec, durationNs: number): LevelPoint[]
}

/** Adds a point; of several at one instant only the first and the last are kept, for the others never hold. */
export function appendLevel(points: LevelPoint[], atNs: number, level: number): void {
  const last = points.at(-1)
  if (last?.atNs === atNs) {
    if (last.level === level) return
    if (points.at(-2)?.atNs === atNs) points.pop()
  }
  points.push({ atNs, level })
}

/** The level that holds from the last point on. */
export function lastLevel(points: readonly LevelPoint[]): number {
  return points.at(-1)?.level ?? 0
}
