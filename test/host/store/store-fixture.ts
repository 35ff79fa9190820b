// Stores in temporary folders, with a clock of their own, and what to put into them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../host/store/open-store.ts'
import type { NewRun, ScenarioFacts, Store, StoreOptions } from '../../../host/store/store.ts'
import { summarise } from '../../../sim-core/analysis/summarise.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { planOf, replicate } from '../../support/study.ts'
import { queueScenario } from '../support/scenarios.ts'

/** 2026-01-01. */
const START_MS = 1_767_225_600_000

/** A folder that goes when the running test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A wall clock that stands until it is moved. */
export class Clock {
  ms = START_MS
  readonly wallMs = (): number => this.ms

  advance(ms: number): void {
    this.ms += ms
  }
}

/** A store that is closed when the running test ends. */
export function openTestStore(folder: string, options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ folder, wallMs: new Clock().wallMs, ...options })
  let isOpen = true
  onTestFinished(() => {
    if (isOpen) store.close()
  })
  return {
    ...store,
    close: () => {
      isOpen = false
      store.close()
    },
  }
}

/** What some text says of itself. */
export const someFacts: ScenarioFacts = {
  name: 'One queue',
  question: 'How long?',
  tags: ['queue'],
  problems: 0,
  planHash: 'a'.repeat(32),
  bases: [],
  engine: '1.0.0',
}

/** A run before it begins. */
export function newRun(change: Partial<NewRun> = {}): NewRun {
  return {
    scenarioId: null,
    scenarioName: 'One queue',
    revision: null,
    scenarioText: 'version: 1\n',
    planHash: 'a'.repeat(32),
    seed: 7,
    engine: '1.0.0',
    replications: 3,
    studyKey: '{"replications":3}',
    request: { seed: 7 },
    ...change,
  }
}

let simulated: StudyResult | undefined

/** What a short simulation came to; the same for every test of a file. */
export function someResult(): StudyResult {
  if (simulated !== undefined) return simulated
  const plan = planOf(queueScenario('{ duration: 90s, warmup: 10s, bucket: 1s, seed: 7 }'))
  const speed = { events: 1, requests: 1, wall_s: 1, events_per_s: 1, requests_per_s: 1, workers: 1 }
  const replications = [replicate(plan, 7, 0), replicate(plan, 7, 1)]
  const planHash = 'a'.repeat(32)
  simulated = summarise({
    plan,
    planHash,
    seed: 7,
    confidence: 0.95,
    precision: null,
    replications,
    partial: false,
    speed,
  })
  return simulated
}

/** A column as the store gives it back. */
export function asNumbers(column: readonly (number | null)[]): Float64Array {
  return Float64Array.from(column, (value) => value ?? NaN)
}
