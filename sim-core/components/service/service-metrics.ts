// What a service measures beside its stations: replicas, requests by instance, and what the balancer decides.
import type { MetricDefinition } from '../../model/component-definition.ts'
import type { ServiceModel } from './service.model.ts'

/** Instances up to which each has figures of its own. */
const INSTANCES_SHOWN_MAX = 64

/** The figures of services. */
export const serviceMetrics: readonly MetricDefinition[] = [
  {
    id: 'replicas_ready',
    label: 'Replicas ready',
    unit: 'count',
    kind: 'gauge',
    help: 'Instances that take requests.',
  },
  {
    id: 'replicas_wanted',
    label: 'Replicas wanted',
    unit: 'count',
    kind: 'gauge',
    help: 'Instances in service or about to be.',
  },
  {
    id: 'picks',
    label: 'Requests sent',
    unit: 'requests',
    kind: 'counter',
    help: 'Requests that the balancer sent to instances; of one instance as `instance[3].picks`, for up to 64 instances.',
  },
  {
    id: 'outstanding',
    label: 'Requests under way',
    unit: 'requests',
    kind: 'gauge',
    help: 'Requests that were sent to instances and not answered yet; of one instance as `instance[3].outstanding`, for up to 64 instances.',
  },
  {
    id: 'pick_skew',
    label: 'Skew of requests',
    unit: '',
    kind: 'gauge',
    help: 'Requests sent to the busiest instance over the mean of all that got any, since the start; 1 is even.',
  },
  {
    id: 'stale_picks',
    label: 'Requests to gone instances',
    unit: 'requests',
    kind: 'counter',
    help: 'Requests sent to an instance that was there no more, because the balancer had not heard of it yet. They fail.',
  },
  {
    id: 'sticky_picks',
    label: 'Requests by cookie',
    unit: 'requests',
    kind: 'counter',
    help: 'Requests that went where the cookie of their client said.',
  },
  {
    id: 'cross_zone_picks',
    label: 'Requests to other zones',
    unit: 'requests',
    kind: 'counter',
    help: 'Requests that left the zone that they came from.',
  },
  {
    id: 'ejected',
    label: 'Ejected instances',
    unit: 'count',
    kind: 'gauge',
    help: 'Instances that are out for failures.',
  },
]

/** Declares what a service measures; what depends on a setting only where it is set. */
export function declareServiceMetrics(model: ServiceModel): void {
  const { context, config, placement, instances } = model
  const { recorder, id } = context
  const { balancer, health, replicasMax } = config
  recorder.gauge(id, 'replicas_ready', 'count', () => model.count('ready'))
  recorder.gauge(id, 'replicas_wanted', 'count', () => model.wanted())
  const counted = (metric: string, place: number): void =>
    recorder.counter(id, metric, 'requests', () => placement.counts[place]!)
  if (health !== undefined || balancer.discovery !== undefined) counted('stale_picks', 0)
  if (balancer.sticky !== undefined) counted('sticky_picks', 1)
  if (balancer.zones !== undefined) counted('cross_zone_picks', 2)
  if (balancer.ejection !== undefined) recorder.gauge(id, 'ejected', 'count', () => placement.ejected)
  if (replicasMax === 1) return
  recorder.counter(id, 'picks', 'requests', () => sum(placement.picks))
  recorder.gauge(id, 'outstanding', 'requests', () => instances.reduce((total, each) => total + each.outstanding, 0))
  recorder.gauge(id, 'pick_skew', '', () => skew(placement.picks))
  if (replicasMax > INSTANCES_SHOWN_MAX) return
  for (const { index } of instances) {
    recorder.counter(id, `instance[${index}].picks`, 'requests', () => placement.picks[index]!)
    recorder.gauge(id, `instance[${index}].outstanding`, 'requests', () => instances[index]!.outstanding)
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The largest over the mean of those that are not 0; 1 where all are. */
function skew(picks: Float64Array): number {
  const used = picks.filter((count) => count > 0)
  if (used.length === 0) return 1
  return (used.reduce((most, count) => Math.max(most, count), 0) * used.length) / sum(used)
}
