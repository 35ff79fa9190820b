// Which instances of services have died, as far as a cache has to know.

/** Instances by service, by component index. */
export class DeadInstances {
  private readonly byService = new Map<number, Set<number>>()

  has(service: number, instance: number): boolean {
    return this.byService.get(service)?.has(instance) ?? false
  }

  add(service: number, instance: number): void {
    const known = this.byService.get(service)
    if (known === undefined) this.byService.set(service, new Set([instance]))
    else known.add(instance)
  }

  /** The instance has started anew; false where it was not dead. */
  delete(service: number, instance: number): boolean {
    return this.byService.get(service)?.delete(instance) ?? false
  }
}
