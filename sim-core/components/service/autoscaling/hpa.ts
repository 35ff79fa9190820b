// The `hpa` autoscaler: feeds processor and memory figures of a service to the Kubernetes controller.

import { invariant } from '../../../kernel/invariant.ts'
import { NS_PER_SECOND } from '../../../kernel/time.ts'
import type { Autoscaler, AutoscalerDefinition, AutoscalerInputs, PodSample, ScaleDecision } from './autoscaler.ts'
import { HpaController } from './hpa-controller.ts'
import type { HpaDecision, HpaMetric, HpaSettings } from './hpa-controller.ts'
import { DEFAULT_BEHAVIOR } from './scaling-behavior.ts'

/** The configuration of an `hpa` autoscaler: targets are ratios of what instances request, at least one is set. */
export interface HpaConfig extends HpaSettings {
  readonly kind: 'hpa'
  readonly cpuTarget?: number
  readonly memoryTarget?: number
  /** How often the service calls `decide`, in nanoseconds. */
  readonly syncPeriodNs: number
}

/**
 * What Kubernetes assumes for everything but bounds and targets: flags of kube-controller-manager
 * (sync period 15 s, tolerance 10 %, cpu initialisation 5 min, initial readiness delay 30 s, downscale stabilisation
 * 5 min), constants of horizontal.go (scale-up factor 2, least limit 4), and the default behaviour.
 */
export const HPA_DEFAULTS = {
  syncPeriodNs: 15 * NS_PER_SECOND,
  tolerance: { up: 0.1, down: 0.1 },
  cpuInitializationNs: 300 * NS_PER_SECOND,
  initialReadinessDelayNs: 30 * NS_PER_SECOND,
  downscaleStabilizationNs: 300 * NS_PER_SECOND,
  scaleUpLimitFactor: 2,
  scaleUpLimitMinimum: 4,
  behavior: DEFAULT_BEHAVIOR,
} as const

/** Targets are whole percentages in the source. */
const PERCENT = 100

class HpaAutoscaler implements Autoscaler {
  readonly #config: HpaConfig
  readonly #controller: HpaController

  constructor(config: HpaConfig) {
    invariant(config.min >= 0 && config.min <= config.max, 'an autoscaler needs 0 <= min <= max')
    invariant(
      config.cpuTarget !== undefined || config.memoryTarget !== undefined,
      'an hpa autoscaler needs at least one target',
    )
    this.#config = config
    this.#controller = new HpaController(config)
  }

  decide(inputs: AutoscalerInputs): ScaleDecision {
    const { pods, currentReplicas } = inputs
    const metrics: HpaMetric[] = []
    if (this.#config.cpuTarget !== undefined) metrics.push(resource('cpu', pods, this.#config.cpuTarget))
    if (this.#config.memoryTarget !== undefined) metrics.push(resource('memory', pods, this.#config.memoryTarget))
    const decision = this.#controller.decide(inputs.nowNs, { currentReplicas, pods, metrics })
    return this.#described(decision, currentReplicas)
  }

  #described(decision: HpaDecision, current: number): ScaleDecision {
    const { desired, reason, proposal } = decision
    const { min, max, cpuTarget, memoryTarget } = this.#config
    if (proposal === null) {
      const bound = reason === 'TooManyReplicas' ? max : min
      const outcome = desired === current ? 'held' : 'triggered'
      return {
        desired,
        metric: 'replicas',
        value: current,
        threshold: bound,
        reason: decision.error ?? reason,
        outcome,
      }
    }
    const threshold = decision.metric === 'cpu' ? cpuTarget : memoryTarget
    const value = (proposal.utilizationPct ?? NaN) / PERCENT
    const metric = decision.metric ?? 'replicas'
    const outcome = desired !== current ? 'triggered' : proposal.replicas === current ? 'held' : 'refused_by_cooldown'
    return { desired, metric, value, threshold: threshold ?? NaN, reason, outcome }
  }
}

function resource(name: 'cpu' | 'memory', pods: readonly PodSample[], target: number): HpaMetric {
  const isCpu = name === 'cpu'
  return {
    kind: 'resource',
    name,
    usage: pods.map((pod) => (isCpu ? pod.cpuUsageMilli : pod.memoryUsageBytes)),
    orphanUsage: [],
    requests: pods.map((pod) => (isCpu ? pod.cpuRequestMilli : pod.memoryRequestBytes)),
    targetUtilizationPct: Math.round(target * PERCENT),
  }
}

/** The catalogue entry of `hpa`. */
export const hpa: AutoscalerDefinition<HpaConfig> = {
  id: 'hpa',
  label: 'Kubernetes HPA',
  help:
    'Keeps the mean processor and memory use of the replicas near a target, as the HorizontalPodAutoscaler does: ' +
    'replicas grow in proportion to use over target, the metric asking for most wins, and stabilisation windows and ' +
    'scaling policies slow the change. Choose it for services that run on Kubernetes.',
  source: 'Kubernetes, autoscaling/v2, pkg/controller/podautoscaler (horizontal.go, replica_calculator.go).',
  differs: 'A decision is carried out at once, so its scale event is noted at the same instant.',
  create: (config) => new HpaAutoscaler(config),
}
