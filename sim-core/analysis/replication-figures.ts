// Every figure of a study that has an interval, by one name; and the same figures of each replication, for comparisons.
import { NS_PER_SECOND } from '../kernel/time.ts'
import type { ReplicationResult } from '../metrics/replication-result.ts'
import type { Plan } from '../model/plan.ts'
import { componentSummaries } from './component-summary.ts'
import { endpointSummary } from './endpoint-summary.ts'
import type { Sample } from './samples.ts'
import { samplesOf } from './samples.ts'
import type {
  ComponentSummary,
  EndpointSummary,
  Estimate,
  ReplicationFigures,
  StationSummary,
  StudyResult,
} from './study-result.ts'

/** The parts of a result that hold figures with intervals. */
export type FigureSource = Pick<StudyResult, 'components'> & {
  readonly clients: Omit<EndpointSummary, 'slo'>
  readonly endpoints: Readonly<Record<string, Omit<EndpointSummary, 'slo'>>>
}

/** What is known of a figure besides its values. */
export interface NamedFigure {
  /** `clients`, an endpoint such as `catalog.get_product`, a component, or `component/station`. */
  readonly subject: string
  /** What is measured, its unit at the end, such as `p95_ms`. */
  readonly figure: string
  readonly estimate: Estimate
}

/**
 * Every figure, by id: `clients.p95_ms`, `catalog.get_product.error_ratio`, `catalog.utilisation`, `product_cache.hit_ratio`,
 * and of stations `catalog/cpu.wait_p95_ms`. Those without any value are left out.
 */
export function figuresOf({ clients, endpoints, components }: FigureSource): ReadonlyMap<string, NamedFigure> {
  const named = [
    ...endpointFigures('clients', clients),
    ...Object.entries(endpoints).flatMap(([id, summary]) => endpointFigures(id, summary)),
    ...Object.entries(components).flatMap(([id, summary]) => componentFigures(id, summary)),
  ]
  return new Map(
    named
      .filter(({ estimate }) => estimate.mean !== null)
      .map((figure) => [`${figure.subject}.${figure.figure}`, figure]),
  )
}

/**
 * The figures of each replication alone, as far as all of them together have that figure. The spread of a figure over the
 * replications is what the interval of the study's figure is made of. A single replication has none, also where batches of
 * it gave an interval.
 * @param from first bucket that counts
 */
export function replicationFigures(
  plan: Plan,
  replications: readonly ReplicationResult[],
  from: number,
  whole: FigureSource,
): ReplicationFigures[] {
  const ids = [...figuresOf(whole).keys()]
  return replications.map((result) => {
    const [sample] = samplesOf([result], from, false)
    const own = figuresOf(withStationsOf(whole.components, sourceOf(plan, sample!)))
    return {
      replication: result.replication,
      fingerprint: result.fingerprint,
      events: result.events,
      end_s: result.endNs / NS_PER_SECOND,
      figures: Object.fromEntries(ids.map((id) => [id, own.get(id)?.estimate.mean ?? null])),
    }
  })
}

/** Without intervals: a sample has no spread, so any confidence will do. */
const NO_CONFIDENCE = 0

function sourceOf(plan: Plan, sample: Sample): FigureSource {
  const summary = (index: number): Omit<EndpointSummary, 'slo'> =>
    endpointSummary([sample], index, plan.causes, NO_CONFIDENCE)
  return {
    clients: summary(plan.endpoints.length),
    endpoints: Object.fromEntries(plan.endpoints.map(({ id }, index) => [id, summary(index)])),
    components: componentSummaries(plan, [sample], NO_CONFIDENCE),
  }
}

/** A component's own utilisation and queue are those of one of its stations: of the same one in every replication. */
function withStationsOf(whole: FigureSource['components'], one: FigureSource): FigureSource {
  const components = Object.entries(one.components).map(([id, summary]): [string, ComponentSummary] => {
    const { utilisation, queue_length, stations } = whole[id]!
    const nameOf = (holds: (station: StationSummary) => boolean): string | undefined =>
      Object.entries(stations).find(([, station]) => holds(station))?.[0]
    const busiest = nameOf((station) => station.utilisation === utilisation)
    const longest = nameOf((station) => station.queue_length === queue_length)
    return [
      id,
      {
        ...summary,
        utilisation: summary.stations[busiest ?? '']?.utilisation ?? summary.utilisation,
        queue_length: summary.stations[longest ?? '']?.queue_length ?? summary.queue_length,
      },
    ]
  })
  return { ...one, components: Object.fromEntries(components) }
}

function endpointFigures(subject: string, summary: Omit<EndpointSummary, 'slo'>): NamedFigure[] {
  const { mean, p50, p90, p95, p99, p99_9 } = summary.latency_ms
  const figures: readonly [figure: string, estimate: Estimate][] = [
    ['mean_ms', mean],
    ['p50_ms', p50],
    ['p90_ms', p90],
    ['p95_ms', p95],
    ['p99_ms', p99],
    ['p99_9_ms', p99_9],
    ['error_ratio', summary.error_ratio],
    ['throughput_rps', summary.throughput_rps],
    ['in_flight', summary.in_flight],
  ]
  return figures.map(([figure, estimate]) => ({ subject, figure, estimate }))
}

function componentFigures(subject: string, summary: ComponentSummary): NamedFigure[] {
  const { utilisation, queue_length, metrics, stations } = summary
  return [
    { subject, figure: 'utilisation', estimate: utilisation },
    { subject, figure: 'queue_length', estimate: queue_length },
    ...Object.entries(metrics).map(([figure, estimate]) => ({ subject, figure, estimate })),
    ...Object.entries(stations).flatMap(([name, station]) => stationFigures(`${subject}/${name}`, station)),
  ]
}

function stationFigures(subject: string, station: StationSummary): NamedFigure[] {
  const figures: readonly [figure: string, estimate: Estimate][] = [
    ['utilisation', station.utilisation],
    ['busy', station.busy],
    ['queue_length', station.queue_length],
    ['wait_mean_ms', station.wait_ms.mean],
    ['wait_p95_ms', station.wait_ms.p95],
    ['wait_p99_ms', station.wait_ms.p99],
    ['wait_probability', station.wait_probability],
    ['throughput_rps', station.throughput_rps],
  ]
  return figures.map(([figure, estimate]) => ({ subject, figure, estimate }))
}
