/** The replications behind the figures: how far they scatter, how their mean settles, and what theory says. */
import { useMemo } from 'react'
import type {
  Estimate,
  ReplicationFigures,
  StudyResult,
  TheoryComparison,
} from '../../../sim-core/analysis/study-result.ts'
import { roundFigure } from '../../charts/axis-values.ts'
import { QualityMark } from '../../charts/ChartHead.tsx'
import { IntervalDot } from '../../charts/IntervalDot.tsx'
import { RunningMeanChart } from '../../charts/RunningMeanChart.tsx'
import { instantText } from '../../charts/time-axis.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { EstimateFigure } from './EstimateFigure.tsx'
import { Panel } from './Panel.tsx'
import type { ResultColumn } from './ResultTable.tsx'
import { ResultTable } from './ResultTable.tsx'
import { replicationValues, runningMeans, settlingFigures } from './runs-model.ts'
import type { SettlingFigure } from './runs-model.ts'
import styles from './tabs.module.css'
import type { TabProps } from './tab-props.ts'

/** Fewer replications have no course to speak of. */
const SETTLING_MIN = 3

export function RunsTab({ result, quality }: TabProps) {
  const columns = useMemo(() => replicationColumns(result.seed), [result.seed])
  return (
    <div className={styles['stack']}>
      <p className={styles['lead']}>{convergenceWords(result, quality.single)}</p>
      <div className={styles['grid']}>
        <Panel title="How far replications scatter">
          {settlingFigures.map((figure) => (
            <Scatter key={figure.id} result={result} figure={figure} single={quality.single} />
          ))}
        </Panel>
        {result.replications >= SETTLING_MIN && (
          <Panel
            title={`Mean of the first n replications, with its ${roundFigure(result.confidence, 'ratio')} interval`}
          >
            {settlingFigures.map((figure) => (
              <RunningMeanChart
                key={figure.id}
                label={figure.label}
                unit={figure.unit}
                means={runningMeans(replicationValues(result, figure.id), result.confidence)}
                target={targetOf(result, figure)}
              />
            ))}
          </Panel>
        )}
      </div>
      <Panel title="Replications">
        <p className={styles['note']}>
          The same seed, plan and engine give the same fingerprints anywhere. Of all together:{' '}
          <Mono text={result.fingerprint} />
        </p>
        <ResultTable
          label="Replications"
          rows={result.per_replication}
          rowId={({ replication }) => String(replication)}
          columns={columns}
        />
      </Panel>
      {result.theory.map((comparison) => (
        <Theory
          key={`${comparison.component} ${comparison.endpoint}`}
          comparison={comparison}
          quality={quality.words}
        />
      ))}
    </div>
  )
}

function Mono({ text }: { readonly text: string }) {
  return <code className={styles['mono']}>{text}</code>
}

function targetOf({ objectives }: StudyResult, { metric }: SettlingFigure): number | undefined {
  return objectives.find((objective) => objective.endpoint === null && objective.metric === metric)?.target
}

function convergenceWords({ replications, precision, confidence }: StudyResult, single: boolean): string {
  const percent = roundFigure(confidence, 'ratio')
  if (single)
    return 'One replication: there is no interval, so chance cannot be told from effect. Run more replications.'
  const how =
    replications === 1
      ? `One replication; the ${percent} intervals come from batches of it.`
      : `${replications} replications; the ${percent} intervals come from how they differ.`
  if (precision === null) return how
  const asked = roundFigure(precision.asked, 'ratio')
  return precision.reached
    ? `${how} They are as precise as asked, ±\u00a0${asked} or better.`
    : `${how} Not converged: ±\u00a0${asked} was asked for and not reached. More replications would narrow them.`
}

function Scatter({
  result,
  figure,
  single,
}: {
  readonly result: StudyResult
  readonly figure: SettlingFigure
  readonly single: boolean
}) {
  const { mean, low, high } = estimateOf(result, figure)
  return (
    <IntervalDot
      label={figure.label}
      unit={figure.unit}
      mean={mean}
      low={low}
      high={high}
      single={single}
      points={replicationValues(result, figure.id)}
      target={targetOf(result, figure)}
    />
  )
}

function estimateOf({ clients }: StudyResult, { metric }: SettlingFigure): Estimate {
  if (metric === 'errors') return clients.error_ratio
  if (metric === 'throughput') return clients.throughput_rps
  return metric === 'p99' ? clients.latency_ms.p99 : clients.latency_ms.p95
}

function replicationColumns(seed: number): ResultColumn<ReplicationFigures>[] {
  return [
    { id: 'replication', header: 'Replication', value: ({ replication }) => replication + 1 },
    {
      id: 'seed',
      header: 'Seed',
      help: 'Every replication draws its own random numbers from the seed and its number',
      value: ({ replication }) => `${seed} / ${replication}`,
    },
    {
      id: 'end',
      header: 'Simulated',
      value: ({ end_s: endS }) => endS,
      renderCell: ({ end_s: endS }) => instantText(endS),
    },
    {
      id: 'events',
      header: 'Events',
      value: ({ events }) => events,
      renderCell: ({ events }) => <Figure value={events} unit="count" />,
    },
    ...settlingFigures.map(({ id, label, unit }): ResultColumn<ReplicationFigures> => ({
      id,
      header: label,
      value: ({ figures }) => figures[id] ?? null,
      renderCell: ({ figures }) => <Figure value={figures[id]} unit={unit} />,
    })),
    {
      id: 'fingerprint',
      header: 'Fingerprint',
      value: ({ fingerprint }) => fingerprint,
      renderCell: ({ fingerprint }) => <Mono text={fingerprint.slice(0, 16)} />,
    },
  ]
}

function Theory({ comparison, quality }: { readonly comparison: TheoryComparison; readonly quality: string }) {
  const { component, endpoint, model, rows } = comparison
  return (
    <Panel title={`${endpoint} at ${component} against theory: ${model}`} actions={<QualityMark words={quality} />}>
      <ResultTable
        label={`Theory of ${endpoint}`}
        rows={rows}
        rowId={({ figure }) => figure}
        columns={THEORY_COLUMNS}
      />
    </Panel>
  )
}

const THEORY_COLUMNS: readonly ResultColumn<TheoryComparison['rows'][number]>[] = [
  { id: 'figure', header: 'Figure', value: ({ figure }) => theoryWords(figure) },
  {
    id: 'theory',
    header: 'Theory',
    value: ({ theory }) => theory,
    renderCell: ({ figure, theory }) => <Figure value={theory} unit={theoryUnit(figure)} />,
  },
  {
    id: 'simulated',
    header: 'Simulated',
    value: ({ simulated }) => simulated.mean,
    renderCell: ({ figure, simulated }) => <EstimateFigure estimate={simulated} unit={theoryUnit(figure)} />,
  },
  {
    id: 'difference',
    header: 'Difference',
    value: ({ theory, simulated }) => (simulated.mean === null || theory === 0 ? null : simulated.mean / theory - 1),
    renderCell: ({ theory, simulated }) =>
      simulated.mean === null || theory === 0 ? '–' : <Figure value={simulated.mean / theory - 1} unit="ratio" />,
  },
]

/** `wait_mean_ms` is the mean of a wait; its unit stands at the figures. */
function theoryWords(figure: string): string {
  return figure.replace(/_(?:ms|rps)$/u, '').replaceAll('_', ' ')
}

/** Figures end in their unit. */
function theoryUnit(figure: string): string {
  if (figure.endsWith('_ms')) return 'ms'
  if (figure.endsWith('_rps')) return 'req/s'
  return /utilisation|probability|ratio/u.test(figure) ? 'ratio' : ''
}
