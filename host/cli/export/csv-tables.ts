/** The tables that a result is exported as. */
import type { ComponentSummary, EndpointSummary, Estimate, StudyResult } from '../../contract/study-api.ts'
import type { CsvCell } from '../../../sim-core/analysis/csv-text.ts'

type Rows = readonly (readonly CsvCell[])[]

/** Rows by name of the file, each with its header. */
export function csvTables(result: StudyResult): ReadonlyMap<string, Rows> {
  return new Map([
    ['series.csv', seriesRows(result)],
    ['endpoints.csv', endpointRows(result)],
    ['components.csv', componentRows(result)],
    ['objectives.csv', objectiveRows(result)],
  ])
}

/** One row a bucket. */
function seriesRows({ series }: StudyResult): Rows {
  const columns = Object.entries(series.columns)
  const buckets = columns[0]?.[1].length ?? 0
  const rows = Array.from({ length: buckets }, (_, bucket) => columns.map(([, values]) => values[bucket] ?? null))
  return [columns.map(([name]) => name), ...rows]
}

/** One row an endpoint, all clients first. */
function endpointRows({ clients, endpoints }: StudyResult): Rows {
  const figures = (endpoint: EndpointSummary): [name: string, estimate: Estimate][] => [
    ['throughput_rps', endpoint.throughput_rps],
    ['error_ratio', endpoint.error_ratio],
    ['in_flight', endpoint.in_flight],
    ...Object.entries(endpoint.latency_ms).map(([name, estimate]): [string, Estimate] => [
      `latency_${name}_ms`,
      estimate,
    ]),
  ]
  const header = [
    'endpoint',
    'arrivals',
    'completed',
    'failed',
    'wasted',
    ...figures(clients).flatMap(([name]) => [name, `${name}_low`, `${name}_high`]),
    ...Object.keys(clients.time_ms).map((part) => `time_${part}_ms`),
  ]
  const row = (id: string, endpoint: EndpointSummary): CsvCell[] => [
    id,
    endpoint.arrivals,
    endpoint.completed,
    endpoint.failed,
    endpoint.wasted,
    ...figures(endpoint).flatMap(([, estimate]) => bounds(estimate)),
    ...Object.values(endpoint.time_ms),
  ]
  return [header, row('client', clients), ...Object.entries(endpoints).map(([id, endpoint]) => row(id, endpoint))]
}

/** One row a figure; the station is empty where a figure is the component's own. */
function componentRows({ components }: StudyResult): Rows {
  const header = ['component', 'kind', 'station', 'figure', 'mean', 'low', 'high']
  const rows = Object.entries(components).flatMap(([id, component]) =>
    figuresOf(component).map(([station, figure, estimate]) => [
      id,
      component.kind,
      station,
      figure,
      ...bounds(estimate),
    ]),
  )
  return [header, ...rows]
}

function figuresOf({ stations, metrics }: ComponentSummary): [station: string, figure: string, estimate: Estimate][] {
  const ofStations = Object.entries(stations).flatMap(([name, station]): [string, string, Estimate][] => [
    [name, 'utilisation', station.utilisation],
    [name, 'busy', station.busy],
    [name, 'queue_length', station.queue_length],
    [name, 'wait_mean_ms', station.wait_ms.mean],
    [name, 'wait_p95_ms', station.wait_ms.p95],
    [name, 'wait_p99_ms', station.wait_ms.p99],
    [name, 'wait_probability', station.wait_probability],
    [name, 'throughput_rps', station.throughput_rps],
  ])
  return [
    ...ofStations,
    ...Object.entries(metrics).map(([name, estimate]): [string, string, Estimate] => ['', name, estimate]),
  ]
}

function objectiveRows({ objectives }: StudyResult): Rows {
  const header = ['id', 'metric', 'endpoint', 'target', 'value', 'low', 'high', 'pass']
  return [header, ...objectives.map((o) => [o.id, o.metric, o.endpoint, o.target, o.value, o.low, o.high, o.pass])]
}

function bounds({ mean, low, high }: Estimate): CsvCell[] {
  return [mean, low, high]
}
