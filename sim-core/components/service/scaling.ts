// Runs a service's autoscaler: gathers what it sees every period and carries out what it decides.
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import { roundNs, NS_PER_MS } from '../../kernel/time.ts'
import { Timer } from '../../kernel/timer.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { Autoscaler, PodSample, ScaleDecision } from './autoscaling/autoscaler.ts'
import { createAutoscaler } from './autoscaling/registry.ts'
import type { Instance } from './instance.ts'
import type { ServiceConfig } from './service-config.ts'
import type { ServiceModel } from './service.model.ts'

/** Autoscalers count processors in thousandths of a core. */
const MILLI = 1000
const PERCENT = 100

/** The scaling of one service. */
export class Scaling {
  private readonly model: ServiceModel
  private readonly autoscaler: Autoscaler
  private readonly syncPeriodNs: number
  private readonly startUp: Sampler
  private readonly timer: Timer
  private lastLookNs = 0
  private refused = false

  constructor(model: ServiceModel, spec: NonNullable<ServiceConfig['autoscaler']>) {
    this.model = model
    this.autoscaler = createAutoscaler(spec.config)
    this.syncPeriodNs = spec.config.syncPeriodNs
    this.startUp = model.context.sampler(spec.startNs, 'start-up')
    this.timer = new Timer(model.context.kernel, PRIORITY_CONTROL, (nowNs) => this.look(nowNs))
  }

  start(): void {
    this.timer.set(this.syncPeriodNs)
  }

  private look(nowNs: number): void {
    const { model } = this
    const current = model.wanted()
    const decision = this.autoscaler.decide({
      nowNs,
      currentReplicas: current,
      pods: model.instances.filter(({ state }) => state !== 'absent').map((instance) => this.sample(instance, nowNs)),
      responseTimeMs: model.responses[1]! > 0 ? model.responses[0]! / model.responses[1]! / NS_PER_MS : 0,
    })
    model.workDoneNs.fill(0)
    model.responses.fill(0)
    this.lastLookNs = nowNs
    this.carryOut(decision, current)
    this.timer.set(nowNs + this.syncPeriodNs)
  }

  private sample(instance: Instance, nowNs: number): PodSample {
    const { config, workDoneNs } = this.model
    const { memory } = config
    const windowNs = nowNs - this.lastLookNs
    const ready = instance.state === 'ready' || instance.state === 'draining'
    return {
      phase: instance.state === 'dead' ? 'failed' : 'running',
      terminating: instance.state === 'draining',
      startedNs: instance.startedNs,
      readiness: { ready, sinceNs: ready ? instance.readySinceNs : instance.startedNs },
      metricTakenNs: nowNs,
      metricWindowNs: windowNs,
      cpuUsageMilli: ready ? Math.round((workDoneNs[instance.index]! / windowNs) * MILLI) : null,
      cpuRequestMilli: config.cpu.cores * MILLI,
      memoryUsageBytes:
        memory !== undefined && ready
          ? Math.round(memory.idleBytes + memory.perRequestBytes * instance.outstanding)
          : null,
      memoryRequestBytes: memory === undefined ? null : Math.round(memory.sizeBytes),
    }
  }

  private carryOut(decision: ScaleDecision, current: number): void {
    const { instances } = this.model
    const refusedBefore = this.refused
    this.refused = decision.outcome === 'refused_by_cooldown'
    if (decision.desired === current) {
      // A refusal lasts for many periods; one flag tells it.
      if (this.refused && !refusedBefore) this.note(decision, current)
      return
    }
    this.note(decision, current)
    if (decision.desired > current) {
      let missing = decision.desired - current
      for (const instance of instances) {
        if (missing === 0) break
        if (instance.state !== 'absent') continue
        this.model.startInstance(instance, roundNs(this.startUp.next()))
        missing--
      }
      return
    }
    this.stop(current - decision.desired)
  }

  /** Instances that are not ready go first, then those that became ready last, as Kubernetes ranks them. */
  private stop(surplus: number): void {
    const ranked = this.model.instances
      .filter(({ state }) => state !== 'absent' && state !== 'draining')
      .sort((a, b) => rank(a) - rank(b) || b.readySinceNs - a.readySinceNs || b.index - a.index)
    for (const instance of ranked.slice(0, surplus)) this.model.stopInstance(instance)
  }

  private note(decision: ScaleDecision, from: number): void {
    const { context } = this.model
    const { desired, outcome } = decision
    const change = desired === from ? `stays at ${from} replicas` : `${from} to ${desired} replicas`
    const held = outcome === 'refused_by_cooldown' ? ', held back by its cooldown or window' : ''
    context.recorder.note({ component: context.id, kind: 'scaled', text: `${change}${figures(decision)}${held}` })
  }
}

/** What the decision rests on, as a user reads it. */
function figures({ metric, value, threshold }: ScaleDecision): string {
  if (!Number.isFinite(value)) return ''
  if (metric === 'response_time') return `, responses take ${Math.round(value)} ms of ${Math.round(threshold)} ms`
  if (metric === 'replicas') return ''
  return `, ${metric} at ${Math.round(value * PERCENT)} % of ${Math.round(threshold * PERCENT)} %`
}

function rank(instance: Instance): number {
  return instance.state === 'ready' ? 1 : 0
}
