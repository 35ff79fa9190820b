// The part that balancers share whose choices depend neither on what is under way nor on failures.

import type { Balancer } from './balancer.ts'

/** Hears of requests and does nothing about it. */
export abstract class ObliviousBalancer implements Balancer {
  abstract pick(key: number): number
  abstract setEligible(target: number, eligible: boolean): void

  opened(_target: number): void {
    // Choices do not depend on what is under way.
  }

  closed(_target: number): void {
    // Choices do not depend on what is under way.
  }

  failed(_target: number): void {
    // Choices do not depend on failures.
  }
}
