/** Why slow requests are slow: what the median, the 95th and the slowest percent are made of, and some of them whole. */
import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import type { SampleRequest } from '../../../sim-core/analysis/study-result.ts'
import { BarBreakdown } from '../../charts/BarBreakdown.tsx'
import { QualityMark } from '../../charts/ChartHead.tsx'
import { instantText } from '../../charts/time-axis.ts'
import { partWords } from '../../charts/TimeParts.tsx'
import { Waterfall } from '../../charts/Waterfall.tsx'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { figureWords } from '../../widgets/figure-text.ts'
import type { CohortName, Explanation, HopRow } from './explain-model.ts'
import { explain, explainedEndpoints } from './explain-model.ts'
import { cohortBars, endpointInQuestion } from './overview-model.ts'
import { Panel } from './Panel.tsx'
import type { ResultColumn } from './ResultTable.tsx'
import { ResultTable } from './ResultTable.tsx'
import styles from './tabs.module.css'
import type { TabProps } from './tab-props.ts'

export function ExplainTab({ result, quality }: TabProps) {
  const asked = useView((state) => state.address.parameters['endpoint'])
  const setAddress = useView((state) => state.set)
  const endpoints = useMemo(() => explainedEndpoints(result), [result])
  const endpoint = asked !== undefined && endpoints.includes(asked) ? asked : endpointInQuestion(result)
  const explanation = useMemo(() => (endpoint === null ? null : explain(result, endpoint)), [result, endpoint])
  if (explanation === null) {
    return (
      <EmptyState title="No request was traced">
        Some requests of each endpoint are followed hop by hop. In this run none of them was over after the warm-up; run
        it for longer.
      </EmptyState>
    )
  }
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <NativeSelect
          label="Endpoint"
          size="xs"
          data={endpoints}
          value={explanation.endpoint}
          onChange={(event) => setAddress({ endpoint: event.currentTarget.value })}
        />
        {explanation.sentence !== '' && <p className={styles['lead']}>{explanation.sentence}</p>}
      </div>
      <div className={styles['grid']}>
        <Panel>
          <BarBreakdown
            title="What each cohort is made of"
            unit="ms"
            scale="share"
            rows={cohortBars(result.cohorts, explanation.endpoint)}
            quality={quality.words}
          />
        </Panel>
        <Panel>
          <BarBreakdown
            title="The same on one scale"
            unit="ms"
            scale="length"
            rows={cohortBars(result.cohorts, explanation.endpoint)}
            quality={quality.words}
          />
        </Panel>
      </div>
      <Hops explanation={explanation} quality={quality.words} />
      <Samples key={explanation.endpoint} samples={explanation.samples} />
    </div>
  )
}

interface HopsProps {
  readonly explanation: Explanation
  readonly quality: string
}

function Hops({ explanation: { cohorts, hops }, quality }: HopsProps) {
  const columns = useMemo<ResultColumn<HopRow>[]>(
    () => [
      { id: 'hop', header: 'Hop', value: ({ hop }) => hop },
      { id: 'part', header: 'Time is', value: ({ part }) => partWords(part) },
      ...cohorts.map(({ cohort }): ResultColumn<HopRow> => ({
        id: cohort,
        header: cohort,
        help: COHORT_HELP[cohort],
        value: ({ ms }) => ms[cohort],
        renderCell: ({ ms }) => <Figure value={ms[cohort]} unit="ms" />,
      })),
    ],
    [cohorts],
  )
  const totals = cohorts
    .map(({ cohort, latency_ms: ms, requests }) => `${cohort} ${figureWords(ms, 'ms')} (${requests} requests)`)
    .join(', ')
  return (
    <Panel title="Hop by hop" actions={<QualityMark words={quality} />}>
      <p className={styles['note']}>Means over each cohort; the hops add up to the whole: {totals}.</p>
      <ResultTable label="Time by hop" rows={hops} rowId={({ id }) => id} columns={columns} />
    </Panel>
  )
}

const COHORT_HELP: Readonly<Record<CohortName, string>> = {
  p50: 'Requests around the median: ranks 45 % to 55 %',
  p95: 'Requests around the 95th percentile: ranks 94 % to 96 %',
  p99: 'The slowest 1 %',
}

function Samples({ samples }: { readonly samples: readonly SampleRequest[] }) {
  const asked = useView((state) => state.address.parameters['request'])
  const setAddress = useView((state) => state.set)
  const picked = samples.find((sample) => sampleId(sample) === asked) ?? samples[0]
  if (picked === undefined) return null
  return (
    <Panel title="Sampled requests">
      <p className={styles['note']}>The five slowest that were followed, and five from the whole range.</p>
      <div className={styles['beside']}>
        <ResultTable
          label="Sampled requests"
          rows={samples}
          rowId={sampleId}
          columns={sampleColumns}
          selected={sampleId(picked)}
          onSelect={(request) => setAddress({ request })}
        />
        <div className={styles['scroll']}>
          <Waterfall request={picked} />
        </div>
      </div>
    </Panel>
  )
}

function sampleId({ start_s: startS, latency_ms: ms }: SampleRequest): string {
  return `${startS}-${ms}`
}

const sampleColumns: readonly ResultColumn<SampleRequest>[] = [
  {
    id: 'start',
    header: 'Began at',
    value: ({ start_s: startS }) => startS,
    renderCell: ({ start_s: startS }) => instantText(startS, true),
  },
  {
    id: 'latency',
    header: 'Latency',
    value: ({ latency_ms: ms }) => ms,
    renderCell: ({ latency_ms: ms }) => <Figure value={ms} unit="ms" />,
  },
  {
    id: 'cause',
    header: 'Ended',
    value: ({ cause }) => cause ?? 'completed',
  },
]
