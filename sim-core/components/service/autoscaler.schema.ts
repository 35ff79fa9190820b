/** How the autoscaler of a service is written in a scenario; it parses to the configuration that the algorithm takes. */
import type { DistributionSpec } from '../../distributions/registry.ts'
import { hasKey, isMap, list, oneOf, unknownKind, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { formatDuration, formatRatio } from '../../language/units.ts'
import { choice, count, duration, ratio } from '../../language/scalar-fields.ts'
import type { HpaConfig } from './autoscaling/hpa.ts'
import { HPA_DEFAULTS } from './autoscaling/hpa.ts'
import { autoscalers } from './autoscaling/registry.ts'
import type { AutoscalerConfig } from './autoscaling/registry.ts'
import type { ScalingPolicy, ScalingRules } from './autoscaling/scaling-behavior.ts'
import { THRESHOLD_DEFAULTS } from './autoscaling/threshold.ts'
import type { ThresholdConfig } from './autoscaling/threshold.ts'

/** Most replicas of one service: every one is an instance with its own queue and caches. */
export const MAX_REPLICAS = 10_000

/** Largest target: five times what an instance reserves, which no scaler waits for. */
const MAX_TARGET = 5

/** How long a new instance takes to be ready where nothing is said. */
const DEFAULT_START = '30s'

/** Nanoseconds in a millisecond: targets of response time are configured in milliseconds. */
const NS_PER_MS = 1e6

/** Percent in a whole: scaling policies count in percent. */
const PERCENT = 100

function commonFields() {
  return {
    min: withDefault(count({ max: MAX_REPLICAS, help: 'Fewest replicas.' }), 1),
    max: count({ max: MAX_REPLICAS, help: 'Most replicas.' }),
    cpu: optional(
      ratio({ above: 0, max: MAX_TARGET, help: 'Target of processor use, as a share of the cores of a replica.' }),
    ),
    memory: optional(
      ratio({ above: 0, max: MAX_TARGET, help: 'Target of memory use, as a share of the memory of a replica.' }),
    ),
    sync_period: withDefault(
      duration({ above: 0, help: 'Time between two decisions.' }),
      formatDuration(HPA_DEFAULTS.syncPeriodNs),
    ),
    start: withDefault(
      distributionOf('duration', { help: 'Time from the decision until a new instance takes traffic.' }),
      DEFAULT_START,
    ),
  }
}

function scalingRules(direction: 'scaleUp' | 'scaleDown') {
  const { stabilizationWindowNs, selectPolicy, policies } = HPA_DEFAULTS.behavior[direction]
  const period = duration({
    above: 0,
    max: 1_800e9,
    help: 'The policy limits the change within this time; at most 30m.',
  })
  const pods = fields(
    { pods: count({ help: 'Replicas that may be added or removed.' }), period },
    { help: 'A number of replicas.' },
  )
  const percent = fields(
    { percent: ratio({ above: 0, max: 100, help: 'Share of the replicas that may be added or removed.' }), period },
    { help: 'A share of the replicas.' },
  )
  const policy = oneOf(
    [
      when(
        hasKey('pods'),
        '{ pods: 4, period: 60s }',
        mapped(pods, (spec): ScalingPolicy => ({ type: 'pods', value: spec.pods, periodNs: spec.periodNs })),
        'Replicas',
      ),
      when(
        hasKey('percent'),
        '{ percent: 100%, period: 60s }',
        mapped(percent, (spec): ScalingPolicy => ({
          type: 'percent',
          value: spec.percentRatio * PERCENT,
          periodNs: spec.periodNs,
        })),
        'Percent',
      ),
    ],
    { help: 'How much may change within a time.' },
  )
  const rules = fields(
    {
      stabilization_window: withDefault(
        duration({ max: 3_600e9, help: 'How far back recommendations are looked at before a change; at most 1h.' }),
        formatDuration(stabilizationWindowNs),
      ),
      select_policy: withDefault(
        choice(['max', 'min', 'disabled'], {
          help: 'Which policy counts: that of the greatest or least change, or no change at all.',
        }),
        selectPolicy,
      ),
      policies: optional(
        list(policy, { help: 'Limits of the change.' }),
        policies
          .map(
            (entry) =>
              `${entry.type === 'pods' ? entry.value : `${entry.value}%`} in ${formatDuration(entry.periodNs)}`,
          )
          .join(', '),
      ),
    },
    { help: direction === 'scaleUp' ? 'How fast replicas are added.' : 'How fast replicas are removed.' },
  )
  return mapped(rules, (spec): ScalingRules => ({ ...spec, policies: spec.policies ?? policies }))
}

function hpaFields() {
  const { tolerance, cpuInitializationNs, initialReadinessDelayNs, downscaleStabilizationNs } = HPA_DEFAULTS
  return {
    kind: choice(['hpa'], { help: 'The Kubernetes HorizontalPodAutoscaler.' }),
    ...commonFields(),
    tolerance: withDefault(
      ratio({ help: 'How far use over target may be from 1 before anything is done.' }),
      formatRatio(tolerance.up),
    ),
    cpu_initialization: withDefault(
      duration({ help: 'For how long after its start the processor use of an instance is trusted only with care.' }),
      formatDuration(cpuInitializationNs),
    ),
    initial_readiness_delay: withDefault(
      duration({ help: 'For how long after its start an instance that is not ready counts as still starting.' }),
      formatDuration(initialReadinessDelayNs),
    ),
    downscale_stabilization: withDefault(
      duration({ help: 'How far back recommendations are looked at without a `behavior` block.' }),
      formatDuration(downscaleStabilizationNs),
    ),
    behavior: optional(
      fields(
        { scale_up: withDefault(scalingRules('scaleUp'), {}), scale_down: withDefault(scalingRules('scaleDown'), {}) },
        { help: 'Speed limits and stabilisation windows, as in autoscaling/v2.' },
      ),
      'that of Kubernetes',
    ),
  }
}

/** What an autoscaler parses to: the configuration of its algorithm, and how long instances take to start. */
export interface AutoscalerSpec {
  readonly config: AutoscalerConfig
  readonly startNs: DistributionSpec
}

function hpa() {
  const schema = fields(hpaFields(), {
    help: 'The Kubernetes HorizontalPodAutoscaler.',
    check: (spec) => [...boundsInOrder(spec), ...hasTarget([spec.cpuRatio, spec.memoryRatio])],
  })
  return mapped(schema, ({ startNs, cpuRatio, memoryRatio, toleranceRatio, behavior, ...rest }): AutoscalerSpec => {
    const config: HpaConfig = {
      ...rest,
      ...targets(cpuRatio, memoryRatio),
      tolerance: { up: toleranceRatio, down: toleranceRatio },
      scaleUpLimitFactor: HPA_DEFAULTS.scaleUpLimitFactor,
      scaleUpLimitMinimum: HPA_DEFAULTS.scaleUpLimitMinimum,
      behavior: behavior ?? HPA_DEFAULTS.behavior,
    }
    return withStart(config, startNs)
  })
}

function threshold() {
  const shape = {
    kind: choice(['threshold'], { help: 'One replica up or down when enough measures cross their targets.' }),
    ...commonFields(),
    response_time: optional(duration({ above: 0, help: 'Target of the mean response time of the service.' })),
    up_count: optional(
      count({ max: 3, help: 'Measures that must be over their target to add a replica.' }),
      defaultCount(THRESHOLD_DEFAULTS.upCount),
    ),
    down_count: optional(
      count({ max: 3, help: 'Measures that must be under half of their target, being all there are, to remove one.' }),
      defaultCount(THRESHOLD_DEFAULTS.downCount),
    ),
    up_cooldown: withDefault(
      duration({ help: 'Rest after a change before one is added.' }),
      formatDuration(THRESHOLD_DEFAULTS.upCooldownNs),
    ),
    down_cooldown: withDefault(
      duration({ help: 'Rest after a change before one is removed.' }),
      formatDuration(THRESHOLD_DEFAULTS.downCooldownNs),
    ),
  }
  const schema = fields(shape, {
    help: 'One replica up or down when enough measures cross their targets.',
    check(spec) {
      const given = [spec.cpuRatio, spec.memoryRatio, spec.responseTimeNs]
      return [...boundsInOrder(spec), ...hasTarget(given), ...countsCanBeReached(spec, numberOf(given))]
    },
  })
  return mapped(schema, ({ startNs, cpuRatio, memoryRatio, responseTimeNs, ...rest }): AutoscalerSpec => {
    const responseTime = responseTimeNs === undefined ? {} : { responseTimeTargetMs: responseTimeNs / NS_PER_MS }
    const measured = numberOf([cpuRatio, memoryRatio, responseTimeNs])
    const upCount = rest.upCount ?? Math.min(THRESHOLD_DEFAULTS.upCount, measured)
    const downCount = rest.downCount ?? Math.min(THRESHOLD_DEFAULTS.downCount, measured)
    const config: ThresholdConfig = { ...rest, upCount, downCount, ...targets(cpuRatio, memoryRatio), ...responseTime }
    return withStart(config, startNs)
  })
}

/** In words: who gives fewer targets than the usual count does not have to say that fewer measures are enough. */
function defaultCount(usual: number): string {
  return `${usual}, or the number of targets if that is less`
}

/** The autoscaler of a service; `kind` says which. */
export function autoscaler() {
  const isKind =
    (kind: string) =>
    (input: unknown): boolean =>
      isMap(input) && input['kind'] === kind
  return oneOf(
    [
      when(isKind('hpa'), '{ kind: hpa, max: 20, cpu: 70% }', hpa(), 'Kubernetes HPA'),
      when(
        isKind('threshold'),
        '{ kind: threshold, max: 20, cpu: 70%, response_time: 200ms }',
        threshold(),
        'Threshold',
      ),
    ],
    {
      help: 'Changes the number of replicas with the load.',
      otherwise: unknownKind(autoscalers.map(({ id }) => id)),
    },
  )
}

function targets(cpuTarget: number | undefined, memoryTarget: number | undefined) {
  return {
    ...(cpuTarget === undefined ? {} : { cpuTarget }),
    ...(memoryTarget === undefined ? {} : { memoryTarget }),
  }
}

function withStart(config: AutoscalerConfig, startNs: DistributionSpec): AutoscalerSpec {
  return { config, startNs }
}

function boundsInOrder({ min, max }: { readonly min: number; readonly max: number }) {
  if (min <= max) return []
  return [{ code: 'contradiction', message: `min ${min} is above max ${max}`, hint: 'swap them', path: ['min'] }]
}

function hasTarget(values: readonly (number | undefined)[]) {
  if (values.some((value) => value !== undefined)) return []
  const hint = 'give a target such as cpu: 70%'
  return [{ code: 'missing', message: 'an autoscaler needs at least one target', hint, path: [] }]
}

/** How many targets are given. */
function numberOf(values: readonly (number | undefined)[]): number {
  return values.filter((value) => value !== undefined).length
}

/** Measures are counted of those with a target alone. A count that is not written follows the targets, so it can be reached. */
function countsCanBeReached(
  { upCount, downCount }: { readonly upCount?: number | undefined; readonly downCount?: number | undefined },
  measured: number,
): readonly PlacedComplaint[] {
  const wanted = [
    ['up_count', upCount, 'adds'],
    ['down_count', downCount, 'removes'],
  ] as const
  return wanted.flatMap(([key, measures, does]) => {
    if (measures === undefined || measured === 0 || measures <= measured) return []
    const given = measured === 1 ? '1 has' : `${measured} have`
    const message = `it never ${does} a replica: ${measures} measures must say so, and ${given} a target`
    const hint = `write ${key}: ${measured}, or give targets for cpu, memory and response_time`
    return [{ code: 'contradiction', message, hint, path: [key] }]
  })
}
