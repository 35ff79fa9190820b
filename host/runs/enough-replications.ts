/** Decides whether the replications of a study are enough for the precision asked for. */
import { endpointSummary } from '../../sim-core/analysis/endpoint-summary.ts'
import { judge } from '../../sim-core/analysis/objectives.ts'
import { isOverloaded } from '../../sim-core/analysis/overload.ts'
import { firstBucket, samplesOf } from '../../sim-core/analysis/samples.ts'
import { reached } from '../../sim-core/analysis/summarise.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import type { Plan } from '../../sim-core/model/plan.ts'

/**
 * Whether every interval is at most `precision` wide to either side, relative to its mean, as the result would say. Takes
 * from the result only what this needs, since it is asked after every replication. More of them do not help a system that
 * cannot keep up, so that is enough too.
 */
export function areEnough(
  plan: Plan,
  replications: readonly ReplicationResult[],
  precision: number,
  confidence: number,
): boolean {
  const from = firstBucket(replications, plan.measurement.warmupNs, plan.stationary)
  const whole = replications.map((replication) => ({ replication, from, to: replication.bucketEndsNs.length }))
  if (isOverloaded(plan, whole)) return true
  const samples = samplesOf(replications, from, plan.stationary)
  const figures = [...plan.endpoints, null].map((_, index) => endpointSummary(samples, index, plan.causes, confidence))
  const clients = figures.at(-1)!
  return reached(precision, clients, judge(plan, figures, clients))
}
