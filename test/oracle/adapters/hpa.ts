// Runs the Kubernetes autoscaler cases against the production controller: names and units are translated, nothing else.

import { classifyPod } from '../../../sim-core/components/service/autoscaling/pod-groups.ts'
import {
  HpaController,
  noteScaling,
  replicasForMetric,
} from '../../../sim-core/components/service/autoscaling/hpa-controller.ts'
import type {
  HpaMemory,
  HpaMetric,
  HpaSettings,
} from '../../../sim-core/components/service/autoscaling/hpa-controller.ts'
import { HPA_DEFAULTS } from '../../../sim-core/components/service/autoscaling/hpa.ts'
import { limitByBehavior } from '../../../sim-core/components/service/autoscaling/scaling-behavior.ts'
import type { ScalingRules } from '../../../sim-core/components/service/autoscaling/scaling-behavior.ts'
import { changeWithin } from '../../../sim-core/components/service/autoscaling/scale-events.ts'
import {
  stabilizeByMaximum,
  stabilizeByWindows,
} from '../../../sim-core/components/service/autoscaling/stabilization.ts'
import { NS_PER_SECOND, secondsToNs } from '../../../sim-core/kernel/time.ts'
import { allOf, exactly, failure } from '../oracle-case.ts'
import type { OracleAdapters, OracleCase, OracleOutcome } from '../oracle-case.ts'
import { ago, NOW_NS, toLog, toPod, toPolicies, toRules, toTimes } from './hpa-cases.ts'
import type {
  BehaviorCase,
  CalculationCase,
  ClassifyCase,
  StabilizeCase,
  StepCase,
  StoreCase,
  TraceCase,
} from './hpa-cases.ts'

/** The controller of upstream's tests runs with these two, unlike the production default. */
const TEST_CPU_INITIALIZATION_S = 120
const TEST_INITIAL_READINESS_S = 10

function calculation(testCase: OracleCase, metricOf: (record: CalculationCase) => HpaMetric): OracleOutcome {
  const record = testCase as CalculationCase
  const pods = record.pods ?? []
  const metric = metricOf(record)
  const times = toTimes(record.cpuInitializationPeriodS, record.initialReadinessDelayS)
  const settings = { ...times, tolerance: record.tolerance }
  const answer = replicasForMetric(NOW_NS, record.currentReplicas, pods.map(toPod), metric, settings)
  const { expected } = record
  if (expected.error !== undefined) {
    const got = answer.error ?? 'no error'
    return got.includes(expected.error) ? exactly(expected.error, expected.error) : failure(expected.error, got)
  }
  if (answer.proposal === null) return failure(JSON.stringify(expected), answer.error)
  const { replicas, usage, utilizationPct } = answer.proposal
  if (metric.kind !== 'resource') return exactly(expected, { replicas, usageMilli: usage })
  return exactly(expected, { replicas, utilizationPct, rawAverageMilli: usage })
}

/** Classes are part of the expectation of metrics that come from the instances themselves. */
function calculationWithClasses(testCase: OracleCase, metricOf: (record: CalculationCase) => HpaMetric): OracleOutcome {
  const record = testCase as CalculationCase
  const pods = record.pods ?? []
  const metric = metricOf(record)
  const times = toTimes(record.cpuInitializationPeriodS, record.initialReadinessDelayS)
  const classes = pods.map((pod) =>
    classifyPod(toPod(pod), pod.metric !== null, metric.kind === 'resource' && metric.name === 'cpu', NOW_NS, times),
  )
  return allOf([
    exactly(
      pods.map((pod) => pod.class),
      classes,
    ),
    calculation(testCase, metricOf),
  ])
}

function figuresOf(record: CalculationCase): { usage: (number | null)[]; orphanUsage: number[] } {
  return {
    usage: (record.pods ?? []).map((pod) => pod.metric),
    orphanUsage: Object.values(record.orphanMetrics ?? {}),
  }
}

const behaviorRateLimit = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as BehaviorCase
  const toEvents = (events: BehaviorCase['scaleUpEvents']) =>
    events.map((event) => ({ change: event.change, atNs: ago(event.ago), outdated: false }))
  const limited = limitByBehavior(
    NOW_NS,
    record.currentReplicas,
    record.desiredReplicas,
    { min: record.minReplicas, max: record.maxReplicas },
    { scaleUp: toRules(record.scaleUp), scaleDown: toRules(record.scaleDown) },
    toEvents(record.scaleUpEvents),
    toEvents(record.scaleDownEvents),
  )
  return exactly(record['expected'], limited)
}

const stabilizeWindows = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as StabilizeCase
  const log = toLog(record.recommendations)
  const upNs = secondsToNs(record.scaleUpWindowSeconds)
  const downNs = secondsToNs(record.scaleDownWindowSeconds)
  const replicas = stabilizeByWindows(log, NOW_NS, record.currentReplicas, record.desiredReplicas, upNs, downNs)
  return exactly(record['expected'], { replicas, log: log.map((entry) => entry.replicas) })
}

const stabilizeLegacyMax = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as StabilizeCase
  const log = toLog(record.recommendations)
  const replicas = stabilizeByMaximum(log, NOW_NS, record.desiredReplicas, secondsToNs(record.windowSeconds))
  return exactly(record['expected'], { replicas, logLength: log.length })
}

const storeScaleEvent = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as StoreCase
  const scaleUps = record.events.map(({ change, outdated, ago: seconds }) => ({ change, outdated, atNs: ago(seconds) }))
  const changeIn60s = changeWithin(scaleUps, NOW_NS, 60 * NS_PER_SECOND)
  if (record.policies !== null) {
    const rules: ScalingRules = { selectPolicy: 'max', policies: toPolicies(record.policies), stabilizationWindowNs: 0 }
    const memory: HpaMemory = { recommendations: [], scaleUps, scaleDowns: [] }
    noteScaling(memory, { scaleUp: rules, scaleDown: rules }, NOW_NS, 1, 1 + record.replicaChange)
  }
  const events = scaleUps.map(({ change, outdated }) => ({ change, outdated }))
  return allOf([exactly(record.changeIn60s, changeIn60s), exactly(record['expected'], { events })])
}

const classifyPods = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as ClassifyCase
  const times = toTimes(record.cpuInitializationPeriodS, record.initialReadinessDelayS)
  const classes = Object.fromEntries(
    record.pods.map((pod) => [pod.name, classifyPod(toPod(pod), pod.metric !== null, record.isCpu, NOW_NS, times)]),
  )
  return exactly(record['expected'], { class: classes })
}

function toStepMetric(record: StepCase, metric: StepCase['metrics'][number]): HpaMetric {
  const usage = record.pods.map((pod) => pod.metric)
  const orphanUsage = record.reportedLevelsMilli.slice(record.pods.length)
  const requests = record.pods.map((pod) => pod.request ?? null)
  const { averageUtilizationPct, averageMilli, valueMilli } = metric
  if (metric.type === 'Resource' && averageUtilizationPct !== undefined) {
    return { kind: 'resource', name: 'cpu', usage, orphanUsage, requests, targetUtilizationPct: averageUtilizationPct }
  }
  if (metric.type === 'Pods' && averageMilli !== undefined) {
    return { kind: 'pods', name: 'qps', usage, orphanUsage, targetAverage: averageMilli }
  }
  if (valueMilli !== undefined) {
    return { kind: 'value', name: 'qps', usage: record.reportedLevelsMilli, target: valueMilli }
  }
  if (averageMilli !== undefined) {
    return { kind: 'average', name: 'qps', usage: record.reportedLevelsMilli, targetAverage: averageMilli }
  }
  return { kind: 'unavailable', name: metric.type, error: `unknown metric source type "${metric.type}"` }
}

const controllerStep = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as StepCase
  const settings: HpaSettings = {
    min: record.minReplicas,
    max: record.maxReplicas,
    tolerance: record.tolerance,
    ...toTimes(TEST_CPU_INITIALIZATION_S, TEST_INITIAL_READINESS_S),
    behavior: null,
    downscaleStabilizationNs: secondsToNs(record.downscaleStabilizationS),
    scaleUpLimitFactor: record.scaleUpLimitFactor,
    scaleUpLimitMinimum: record.scaleUpLimitMinimum,
  }
  const memory: HpaMemory = { recommendations: toLog(record.recommendations), scaleUps: [], scaleDowns: [] }
  const decision = new HpaController(settings, memory).decide(NOW_NS, {
    currentReplicas: record.currentReplicas,
    pods: record.pods.map(toPod),
    metrics: record.metrics.map((metric) => toStepMetric(record, metric)),
  })
  return exactly(record.expected, { replicas: decision.desired })
}

const controllerTrace = (testCase: OracleCase): OracleOutcome => {
  const record = testCase as TraceCase
  const settings: HpaSettings = {
    ...HPA_DEFAULTS,
    min: record.minReplicas,
    max: record.maxReplicas,
    tolerance: record.tolerance,
    behavior: { scaleUp: toRules(record.scaleUp), scaleDown: toRules(record.scaleDown) },
  }
  const memory: HpaMemory = {
    recommendations: [{ replicas: record.initialReplicas, atNs: NOW_NS }],
    scaleUps: [],
    scaleDowns: [],
  }
  const controller = new HpaController(settings, memory)
  const pod = toPod({
    name: 'pod',
    phase: 'Running',
    ready: true,
    startedAgo: 86_400,
    readyChangedAgo: 86_400,
    metric: 0,
  })
  const got = { rawDesired: [] as unknown[], replicas: [] as number[], reason: [] as string[] }
  let current = record.initialReplicas
  record.totalLoadMilliPerTick.forEach((load, tick) => {
    const nowNs = NOW_NS + secondsToNs(record.syncPeriodS * (tick + 1))
    const usage = Array.from({ length: current }, () => Math.floor(load / current))
    const requests = usage.map(() => record.podRequestMilli)
    const { targetUtilizationPct } = record
    const decision = controller.decide(nowNs, {
      currentReplicas: current,
      pods: usage.map(() => ({ ...pod, metricTakenNs: nowNs })),
      metrics: [{ kind: 'resource', name: 'cpu', usage, orphanUsage: [], requests, targetUtilizationPct }],
    })
    current = decision.desired
    got.rawDesired.push(decision.proposal?.replicas ?? null)
    got.replicas.push(decision.desired)
    got.reason.push(decision.reason)
  })
  return exactly(record['expected'], got)
}

const objectMetric =
  (kind: 'value' | 'average', usageOf: (record: CalculationCase) => readonly number[]) =>
  (testCase: OracleCase): OracleOutcome =>
    calculation(testCase, (record) => {
      const usage = usageOf(record)
      const { targetMilli } = record
      if (kind === 'value') return { kind, name: 'qps', usage, target: targetMilli }
      return { kind, name: 'qps', usage, targetAverage: targetMilli }
    })

/** One adapter per kind of the hpa family. */
export const hpaAdapters: OracleAdapters = {
  resource_utilization: (testCase) =>
    calculationWithClasses(testCase, (record) => ({
      kind: 'resource',
      name: 'cpu',
      ...figuresOf(record),
      requests: (record.pods ?? []).map((pod) => pod.request ?? null),
      targetUtilizationPct: record.targetUtilizationPct,
    })),
  pods_metric: (testCase) =>
    calculationWithClasses(testCase, (record) => ({
      kind: 'pods',
      name: 'qps',
      ...figuresOf(record),
      targetAverage: record.targetMilli,
    })),
  object_value: objectMetric('value', (record) => [record.usageMilli]),
  object_average: objectMetric('average', (record) => [record.usageMilli]),
  external_value: objectMetric('value', (record) => record.levelsMilli),
  external_average: objectMetric('average', (record) => record.levelsMilli),
  behavior_rate_limit: behaviorRateLimit,
  stabilize_legacy_max: stabilizeLegacyMax,
  stabilize_windows: stabilizeWindows,
  store_scale_event: storeScaleEvent,
  classify_pods: classifyPods,
  controller_step: controllerStep,
  controller_trace: controllerTrace,
}
