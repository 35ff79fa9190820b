/** Which run the screen shows, and everything that is known of it. */
import { useEffect, useMemo } from 'react'
import { parse } from 'yaml'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import type { Topology } from '../../canvas/topology.ts'
import { emptyTopology, topologyOf } from '../../canvas/topology.ts'
import { language } from '../../stores/document-language.ts'
import { latestRun, useRuns } from '../../stores/runs-store.ts'

const PICTURES_KEPT = 3

/** A run on this screen. */
export interface ShownRun {
  readonly summary: RunSummary
  readonly record: RunRecord | undefined
  readonly recordError: unknown
  /** Its picture; after its end the last one that was seen. */
  readonly live: LiveRun | undefined
}

/** The last picture that was seen of each run in this page: the store lets go of it when the run ends. */
const lastPicture = new Map<string, LiveRun>()

useRuns.subscribe(({ live }, before) => {
  if (live === before.live) return
  for (const picture of Object.values(live)) lastPicture.set(picture.runId, picture)
  for (const id of [...lastPicture.keys()].slice(0, -PICTURES_KEPT)) lastPicture.delete(id)
})

/** The run of a scenario that is under way, else its newest; undefined when it never ran. */
export function useShownRun(scenarioId: string): ShownRun | undefined {
  const summary = useRuns(({ summaries }) => latestRun(summaries, scenarioId))
  const record = useRuns(({ records }) => (summary === undefined ? undefined : records[summary.id]))
  const recordError = useRuns(({ recordErrors }) => (summary === undefined ? undefined : recordErrors[summary.id]))
  const current = useRuns(({ live }) => (summary === undefined ? undefined : live[summary.id]))
  const id = summary?.id
  useEffect(() => {
    void useRuns.getState().load({ scenarioId, limit: 20 })
  }, [scenarioId])
  useEffect(() => {
    if (id !== undefined && useRuns.getState().records[id] === undefined) void useRuns.getState().open(id)
  }, [id])
  if (summary === undefined) return undefined
  return { summary, record, recordError, live: current ?? lastPicture.get(summary.id) }
}

/** What runs, as canvas and as promises. */
export interface RunningScenario {
  readonly topology: Topology
  readonly document: JsonValue
  readonly scenario: ScenarioSpec | undefined
}

const nothing: RunningScenario = { topology: emptyTopology, document: {}, scenario: undefined }

/** Read from the text that was run, which may differ from the one that is being edited. */
export function useRunningScenario(text: string | undefined): RunningScenario {
  return useMemo(() => {
    if (text === undefined) return nothing
    const document = parse(text) as JsonValue
    const { scenario } = parseScenario(text, 'run.yaml')
    return { topology: topologyOf(language, document), document, scenario }
  }, [text])
}
