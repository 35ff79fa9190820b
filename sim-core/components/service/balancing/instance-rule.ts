// What decides, on top of a balancing algorithm, which instances get requests at all: how the catalogue shows such a rule.

/** A rule, by the key under which the map of a balancer sets it up. */
export interface InstanceRule {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
}
