// Active health checks: a balancer learns of a dead or recovered instance only by asking.
import type { InstanceRule } from './balancing/instance-rule.ts'
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import { Timer } from '../../kernel/timer.ts'
import type { Instance } from './instance.ts'
import type { HealthConfig } from './service-config.ts'
import type { ServiceModel } from './service.model.ts'

/**
 * Asks every instance each interval. After `unhealthy` failed checks in a row it gets no more requests, after `healthy`
 * successful ones it does again. A working instance answers at once; that a dead one does not is known when the check's
 * timeout is over.
 */
export class HealthChecks {
  private readonly model: ServiceModel
  private readonly config: HealthConfig
  private readonly timer: Timer
  private readonly verdictTimer: Timer
  /** Instances that did not answer the last check. */
  private silent: readonly Instance[] = []

  constructor(model: ServiceModel, config: HealthConfig) {
    this.model = model
    this.config = config
    this.timer = new Timer(model.context.kernel, PRIORITY_CONTROL, (nowNs) => this.check(nowNs))
    this.verdictTimer = new Timer(model.context.kernel, PRIORITY_CONTROL, () => this.judge())
  }

  start(): void {
    this.timer.set(this.config.intervalNs)
  }

  private check(nowNs: number): void {
    const { instances } = this.model
    for (const instance of instances) if (instance.state === 'ready') this.succeeded(instance)
    this.silent = instances.filter(({ state }) => state === 'dead')
    this.verdictTimer.set(nowNs + Math.min(this.config.timeoutNs, this.config.intervalNs))
    this.timer.set(nowNs + this.config.intervalNs)
  }

  private judge(): void {
    for (const instance of this.silent) if (instance.state === 'dead') this.failed(instance)
    this.silent = []
  }

  private succeeded(instance: Instance): void {
    instance.checksInRow = Math.max(instance.checksInRow, 0) + 1
    if (instance.checksInRow === this.config.healthy) this.model.placement.setHealthy(instance.index, true)
  }

  private failed(instance: Instance): void {
    instance.checksInRow = Math.min(instance.checksInRow, 0) - 1
    if (instance.checksInRow === -this.config.unhealthy) this.model.placement.setHealthy(instance.index, false)
  }
}

/** Active health checks. */
export const activeHealth: InstanceRule = {
  id: 'health',
  label: 'Active health checks',
  help: 'Asks every instance each interval; failed checks in a row take one out, successful ones bring it back.',
  source:
    'Amazon Web Services, "Classic Load Balancer: configure health checks": interval, response timeout, healthy and unhealthy ' +
    'threshold.',
  differs:
    'Instances are taken as up at the start, all are asked at the same instants, a working one answers at once, and a check ' +
    'takes no longer than the interval.',
}
