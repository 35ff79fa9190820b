/** A result as files to keep: everything as JSON, its tables as CSV with the marks of doubt on every row. */
import type { RunRecord } from '../../../host/contract/run-records.ts'
import type { CsvCell } from '../../../sim-core/analysis/csv-text.ts'
import type { Estimate, StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { objectiveLabel, standing } from './objective-words.ts'
import { endpointRows } from './endpoints-model.ts'
import { qualityOf } from './result-quality.ts'

type Rows = (readonly CsvCell[])[]

const ESTIMATE_HEADER = ['unit', 'mean', 'low', 'high'] as const

/** The result as it was computed, without the series, which stand in a file of their own. */
export function resultJson({ summary, result, injectedFaults }: RunRecord): string {
  return `${JSON.stringify({ run: summary.number, injected_faults: injectedFaults, ...result }, null, 2)}\n`
}

/** Every figure with its interval, one per row, and how far it can be trusted. */
export function figureRows(result: StudyResult): Rows {
  const { words } = qualityOf(result)
  const row = (subject: string, figure: string, unit: string, { mean, low, high }: Estimate): CsvCell[] => [
    subject,
    figure,
    unit,
    mean,
    low,
    high,
    words,
  ]
  return [
    ['subject', 'figure', ...ESTIMATE_HEADER, 'quality'],
    ...endpointRows(result).flatMap(({ label, summary }) => [
      ...Object.entries(summary.latency_ms).map(([name, estimate]) => row(label, `latency ${name}`, 'ms', estimate)),
      row(label, 'error ratio', 'ratio', summary.error_ratio),
      row(label, 'throughput', 'req/s', summary.throughput_rps),
      row(label, 'in flight', 'requests', summary.in_flight),
    ]),
    ...Object.entries(result.components).flatMap(([id, component]) => [
      row(id, 'utilisation', 'ratio', component.utilisation),
      row(id, 'queue length', 'requests', component.queue_length),
      ...Object.entries(component.metrics).map(([name, estimate]) => row(id, name, '', estimate)),
      ...Object.entries(component.stations).flatMap(([station, summary]) => [
        row(`${id} ${station}`, 'utilisation', 'ratio', summary.utilisation),
        row(`${id} ${station}`, 'queue length', 'requests', summary.queue_length),
        ...Object.entries(summary.wait_ms).map(([name, estimate]) =>
          row(`${id} ${station}`, `wait ${name}`, 'ms', estimate),
        ),
      ]),
    ]),
  ]
}

/** Every objective and how it stands. */
export function objectiveRows(result: StudyResult): Rows {
  const { words } = qualityOf(result)
  return [
    ['objective', 'target', 'value', 'low', 'high', 'standing', 'quality'],
    ...result.objectives.map((objective) => [
      objectiveLabel(objective),
      objective.target,
      objective.value,
      objective.low,
      objective.high,
      standing(objective.pass).word,
      words,
    ]),
  ]
}
