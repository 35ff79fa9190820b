// Whether the host holds on to memory: many runs in a row, through the workspace and its store.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Workspace } from '../../host/contract/host.ts'
import { createHost } from '../../host/create-host.ts'
import type { Measurement } from './benchmark.ts'
import { peakMb } from './benchmark.ts'

/**
 * Runs until what is allocated once is there: code, buffers, and the young generation of the threads, which V8 doubles twice
 * in the first dozens of runs, to 130 MB (held smaller, it costs up to a tenth of the speed).
 */
const WARM_RUNS = 30

/** Runs over which a reading is taken: the middle one of theirs. */
const READING_RUNS = 7

const BYTES_PER_MB = 1e6

/**
 * Makes `runs` runs of a scenario one after the other. The check is the memory of the process after the last of them
 * over that after the first few, threads and database included.
 */
export async function memoryOverRuns(text: string, runs: number): Promise<Measurement> {
  const collect = exposedGc()
  const folder = mkdtempSync(join(tmpdir(), 'headroom-memory-'))
  const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: folder })
  const workspace = await host.openWorkspace({ dataFolder: join(folder, 'data'), wallMs: () => Date.now() })
  const { id: scenarioId } = await workspace.api.createScenario({ from: 'text', fileName: 'memory.yaml', text })
  const startMs = performance.now()
  const readings: number[] = []
  let requests = 0
  for (let seed = 1; seed <= WARM_RUNS + runs; seed++) {
    requests += await runOnce(workspace, scenarioId, seed)
    collect()
    readings.push(process.memoryUsage.rss() / BYTES_PER_MB)
  }
  const seconds = (performance.now() - startMs) / 1000
  await workspace.close()
  await host.close()
  rmSync(folder, { recursive: true })
  const first = middle(readings.slice(WARM_RUNS, WARM_RUNS + READING_RUNS))
  const last = middle(readings.slice(-READING_RUNS))
  return { requests, events: requests, seconds, setUpSeconds: 0, peakMb: peakMb(), check: last / first }
}

/** Answers the requests that the run simulated. */
async function runOnce(workspace: Workspace, scenarioId: string, seed: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { api } = workspace
  const forget = workspace.onEvent((event) => {
    if (event.event === 'run-changed' && event.run.status === 'done') resolve(event.run.id)
  })
  await api.startRun({ scenarioId, seed })
  const { result } = await api.readRun(await promise)
  forget()
  return result?.speed.requests ?? 0
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** What is only waiting to be collected is not held. */
function exposedGc(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
