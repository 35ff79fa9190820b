// The registry in which callers find instances: it learns of joins and leaves with a delay.
import type { InstanceRule } from './balancing/instance-rule.ts'
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { Timer } from '../../kernel/timer.ts'

/** How long a change takes to be known to all callers. */
export interface DiscoveryConfig {
  readonly joinNs: number
  readonly leaveNs: number
}

/** Carries out a change of the registry. */
export type RegistryChange = () => void

/** Delays what is told of each instance; a later change of the same instance takes the place of one still on its way. */
export class Discovery {
  private readonly kernel: Kernel
  private readonly config: DiscoveryConfig
  private readonly pending: (RegistryChange | undefined)[]
  private readonly timers: readonly Timer[]

  constructor(kernel: Kernel, instances: number, config: DiscoveryConfig) {
    this.kernel = kernel
    this.config = config
    this.pending = new Array<RegistryChange | undefined>(instances).fill(undefined)
    this.timers = this.pending.map((_, instance) => new Timer(kernel, PRIORITY_CONTROL, () => this.carryOut(instance)))
  }

  joins(instance: number, change: RegistryChange): void {
    this.await(instance, this.config.joinNs, change)
  }

  leaves(instance: number, change: RegistryChange): void {
    this.await(instance, this.config.leaveNs, change)
  }

  private await(instance: number, delayNs: number, change: RegistryChange): void {
    this.pending[instance] = change
    this.timers[instance]!.set(this.kernel.nowNs + delayNs)
  }

  private carryOut(instance: number): void {
    const change = this.pending[instance]
    this.pending[instance] = undefined
    change?.()
  }
}

/** The delay of the registry. */
export const registryDelay: InstanceRule = {
  id: 'discovery',
  label: 'Delay of the registry',
  help: 'Callers learn of instances that joined or left with a delay; requests sent to one that has left fail.',
  source: 'A form of our own, for what registries such as Consul or DNS do to their callers; no publication.',
  differs: '',
}
