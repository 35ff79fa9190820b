/** What was changed between two scenarios, field by field. */
import { useMemo } from 'react'
import type { PlainValue } from '../../../sim-core/analysis/diff-documents.ts'
import { diffDocuments, textOf } from '../../../sim-core/analysis/diff-documents.ts'
import { readYaml } from '../../../sim-core/scenario/yaml-source.ts'
import type { ReadyRun } from './compared-runs.ts'
import styles from './ScenarioDiff.module.css'

/** Changes that are seen without scrolling. */
const LISTED_AT_ONCE = 3

export interface ScenarioDiffProps {
  readonly baseline: ReadyRun
  readonly candidate: ReadyRun
}

export function ScenarioDiff({ baseline, candidate }: ScenarioDiffProps) {
  const changes = useMemo(
    () => diffDocuments(documentOf(baseline.record.scenarioText), documentOf(candidate.record.scenarioText)),
    [baseline.record.scenarioText, candidate.record.scenarioText],
  )
  const injected = [baseline, candidate].filter(({ summary }) => summary.injected > 0)
  return (
    <section className={styles['panel']} aria-label="What was changed">
      <h2 className={styles['title']}>
        What was changed <span className={styles['count']}>{countOf(changes.length)}</span>
      </h2>
      {changes.length === 0 && <p className={styles['nothing']}>{sameWords(baseline, candidate)}</p>}
      {/* A list that may scroll must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles['list']} tabIndex={changes.length > LISTED_AT_ONCE ? 0 : undefined} aria-label="Changes">
        {changes.map(({ path, kind, before, after }) => (
          <li key={path}>
            <code className={styles['path']}>{path}</code>
            <span className={styles['values']}>
              {kind === 'added' && <span className={styles['kind']}>added</span>}
              {kind === 'removed' && <span className={styles['kind']}>removed</span>}
              {before !== undefined && <del>{textOf(before)}</del>}
              {kind === 'changed' && <span aria-hidden="true">→</span>}
              {after !== undefined && <ins>{textOf(after)}</ins>}
            </span>
          </li>
        ))}
      </ul>
      {injected.map(({ label, summary }) => (
        <p key={label} className={styles['nothing']}>
          {label} had {summary.injected === 1 ? 'a fault' : `${summary.injected} faults`} put in by hand.
        </p>
      ))}
    </section>
  )
}

/** The texts ran, so they can be read. */
function documentOf(text: string): PlainValue {
  return readYaml(text, '').source?.value ?? null
}

function countOf(changes: number): string {
  return changes === 0 ? '' : String(changes)
}

function sameWords({ summary: a }: ReadyRun, { summary: b }: ReadyRun): string {
  const differing = [
    a.seed === b.seed ? '' : 'the seed',
    a.replications === b.replications ? '' : 'the number of replications',
    a.engine === b.engine ? '' : 'the engine',
  ].filter((word) => word !== '')
  return differing.length === 0
    ? 'Nothing: both ran the same scenario.'
    : `The scenario is the same; only ${differing.join(' and ')} differ${differing.length === 1 ? 's' : ''}.`
}
