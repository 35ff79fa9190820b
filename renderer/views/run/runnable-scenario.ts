/** The scenario that would run: what it is called, whether it can run, and whether it changed since it last did. */
import { useEffect } from 'react'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useDocument } from '../../stores/document-store.ts'
import { useLibrary } from '../../stores/library-store.ts'

/** What there is to know before a run. */
export interface RunnableScenario {
  readonly name: string
  readonly question: string
  readonly scenario: ScenarioSpec | undefined
  /** Why it cannot be run, in a sentence; null when it can. */
  readonly whyNot: string | null
  /** Whether it changed since its last run. */
  readonly isStale: boolean
  /** Why it could not be opened at all. */
  readonly error: unknown
}

/** Opens the scenario as the document that all screens share. */
export function useRunnableScenario(scenarioId: string): RunnableScenario {
  useEffect(() => {
    void useDocument.getState().open(scenarioId)
  }, [scenarioId])
  const isOpen = useDocument(({ id }) => id === scenarioId)
  const parsed = useDocument(({ parsed: read }) => read)
  const phase = useDocument((state) => state.phase)
  const name = useDocument((state) => state.name)
  const openError = useDocument((state) => state.openError)
  const card = useLibrary(({ cards }) => cards.find(({ id }) => id === scenarioId))
  const whyNotWritable = useWhyNotWritable()
  const errors = isOpen ? parsed.problems.filter(({ severity }) => severity === 'error').length : 0
  return {
    name: isOpen ? name : (card?.name ?? ''),
    question: card?.question ?? '',
    scenario: isOpen ? parsed.scenario : undefined,
    whyNot: whyNotWritable ?? (errors === 0 ? null : problemsText(errors)),
    isStale: card?.stale ?? false,
    error: isOpen && phase === 'failed' ? openError : null,
  }
}

function problemsText(errors: number): string {
  const what = errors === 1 ? 'One problem keeps' : `${errors} problems keep`
  return `${what} the scenario from running; the Design screen lists them.`
}
