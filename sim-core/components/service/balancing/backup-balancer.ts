// Two balancers in a row: the backup targets are used only while no primary one is eligible.

import { invariant } from '../../../kernel/invariant.ts'
import type { Balancer } from './balancer.ts'

/**
 * Source: nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_round_robin_peer: when no peer of
 * the primary group can be had, the same algorithm runs over the group of `backup` peers.
 * Differs from the source: none.
 */
export class BackupBalancer implements Balancer {
  readonly #primary: Balancer
  readonly #backup: Balancer
  readonly #isBackup: readonly boolean[]

  /**
   * @param primary a balancer over all targets, of which it is only ever told about the primary ones.
   * @param backup likewise for the backup ones.
   * @param isBackup which of the targets are backups.
   */
  constructor(primary: Balancer, backup: Balancer, isBackup: readonly boolean[]) {
    invariant(isBackup.includes(false), 'a group needs a primary target')
    this.#primary = primary
    this.#backup = backup
    this.#isBackup = isBackup
  }

  pick(key: number): number {
    const target = this.#primary.pick(key)
    return target === -1 ? this.#backup.pick(key) : target
  }

  opened(target: number): void {
    this.#groupOf(target).opened(target)
  }

  closed(target: number): void {
    this.#groupOf(target).closed(target)
  }

  failed(target: number): void {
    this.#groupOf(target).failed(target)
  }

  setEligible(target: number, eligible: boolean): void {
    this.#groupOf(target).setEligible(target, eligible)
  }

  #groupOf(target: number): Balancer {
    return this.#isBackup[target] === true ? this.#backup : this.#primary
  }
}
