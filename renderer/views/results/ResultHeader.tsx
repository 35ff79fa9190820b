/** The top of a result: which run, what it says in a sentence, why, and how far that can be trusted. */
import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { runWords } from '../../widgets/run-words.ts'
import { ScreenHeader } from '../../widgets/ScreenHeader.tsx'
import { momentText } from '../../widgets/time-text.ts'
import { decisionOf } from './decision-model.ts'
import { ResultActions } from './ResultActions.tsx'
import styles from './ResultHeader.module.css'
import { isStale, trustFacts, trustMarks } from './trust-model.ts'

export function ResultHeader({ record }: { readonly record: RunRecord }) {
  const { summary, result } = record
  const card = useLibrary((state) => state.cards.find(({ id }) => id === summary.scenarioId))
  const tab = useView((state) => state.address.parameters['tab'])
  return (
    <>
      <ScreenHeader
        title="Results"
        beside={<RunPicker summary={summary} />}
        actions={<ResultActions record={record} stale={isStale(summary, card)} />}
      />
      {result !== null && (
        <DecisionPanel summary={summary} result={result} brief={tab !== undefined && tab !== 'overview'} />
      )}
    </>
  )
}

/** Other runs of the same scenario. */
function RunPicker({ summary }: { readonly summary: RunSummary }) {
  const summaries = useRuns((state) => state.summaries)
  const go = useView((state) => state.go)
  const parameters = useView((state) => state.address.parameters)
  const runs = useMemo(() => {
    const own = summaries.filter(({ scenarioId }) => scenarioId !== null && scenarioId === summary.scenarioId)
    return own.some(({ id }) => id === summary.id) ? own : [summary, ...own]
  }, [summaries, summary])
  return (
    <NativeSelect
      className={styles['picker']}
      size="sm"
      aria-label="Run"
      value={summary.id}
      onChange={(event) => go('results', event.currentTarget.value, parameters)}
      data={runs.map((run) => ({ value: run.id, label: pickerText(run) }))}
    />
  )
}

function pickerText(run: RunSummary): string {
  const { sign, word } = runWords(run, run.headline?.objectives)
  return `Run #${run.number} · ${sign} ${word.toLowerCase()} · ${momentText(run.createdMs)}`
}

/** Without the reasons where the evidence needs the room. */
function DecisionPanel({
  summary,
  result,
  brief,
}: {
  readonly summary: RunSummary
  readonly result: StudyResult
  readonly brief: boolean
}) {
  const card = useLibrary((state) => state.cards.find(({ id }) => id === summary.scenarioId))
  const { words, headline, reasons } = useMemo(() => decisionOf(result, summary.headline), [result, summary.headline])
  return (
    <section className={styles['decision']} data-tone={words.tone} data-brief={brief} aria-label="Decision">
      <span className={styles['sign']} data-tone={words.tone}>
        {words.sign} {words.word}
      </span>
      <h2 className={styles['headline']}>{headline}</h2>
      {reasons.length > 0 && !brief && <p className={styles['reasons']}>{reasons.join(' ')}</p>}
      <ul className={styles['trust']} aria-label="How far the figures can be trusted">
        {trustMarks(result, summary, card).map(({ id, text, title, tone }) => (
          <li key={id} className={styles['mark']} data-tone={tone} title={title}>
            {text}
          </li>
        ))}
        {trustFacts(result).map(({ id, text, title }) => (
          <li key={id} title={title}>
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
