/** An open data folder with everything that the doors of the application call. */
import { randomUUID } from 'node:crypto'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import type { HostApi, HostInfo, RecordKind } from '../contract/host-api.ts'
import type { Platform, Workspace, WorkspaceOptions } from '../contract/host.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { applicationVersion } from './application-version.ts'
import type { BundleParts } from './bundle.ts'
import { bundleMethods, keepStudy } from './bundle.ts'
import { EventSource } from './event-source.ts'
import type { Log } from './log.ts'
import { openLog } from './log.ts'
import { loggedCalls } from './logged-calls.ts'
import type { RunLibrary } from './run-library.ts'
import { createRunLibrary } from './run-library.ts'
import { createScenarioLibrary, firstScenarios } from './scenario-library.ts'
import type { ScenarioLibrary } from './scenario-library.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

/** Opens the folder. Rejects with a HostError when its database cannot be used. */
export async function createWorkspace(platform: Platform, options: WorkspaceOptions): Promise<Workspace> {
  const { dataFolder, wallMs } = options
  const log = openLog(dataFolder, wallMs)
  const version = applicationVersion()
  log('info', 'start', { version, engine: ENGINE_VERSION, node: process.versions.node, pid: process.pid })
  const shipped = shippedScenarios(platform.libraryFolder)
  const store = openLogged(options, log, () => firstScenarios(shipped))
  const events = new EventSource(log)
  const scenarios = createScenarioLibrary(store, shipped, (event) => events.tell(event))
  const runs = createRunLibrary({
    store,
    loadScenario: (id, overrides) => scenarios.load(id, overrides),
    cores: platform.cores,
    nowMs: platform.nowMs,
    onEvent: (event) => {
      // A run that was deleted while under way still comes to its end, but nobody has it in a list any more.
      if (event.event !== 'run-changed' || store.runs.summary(event.run.id) !== undefined) events.tell(event)
    },
  })
  const bundles: BundleParts = {
    store,
    applicationVersion: version,
    createScenario: scenarios.methods.createScenario,
    onEvent: (event) => events.tell(event),
  }
  const info: HostInfo = {
    engineVersion: ENGINE_VERSION,
    applicationVersion: version,
    startId: randomUUID(),
    dataFolder,
    readOnlyReason: store.readOnlyReason,
    cores: platform.cores,
    notices: store.notices,
  }
  return {
    api: loggedCalls(composed(info, { store, scenarios, runs, events, bundles }), log),
    keep: async (study) => await keepStudy(bundles, study),
    onEvent: (listener) => events.listen(listener),
    async close() {
      await runs.close()
      store.close()
      log('info', 'end')
    },
  }
}

function openLogged(
  { dataFolder, wallMs, seriesBytesMax }: WorkspaceOptions,
  log: Log,
  first: () => ReturnType<typeof firstScenarios>,
): Store {
  try {
    const store = openStore({
      folder: dataFolder,
      wallMs,
      ...(seriesBytesMax === undefined ? {} : { seriesBytesMax }),
      firstScenarios: first,
      onEvent: (event, fields) => log('info', event, fields),
    })
    for (const { level, message } of store.notices) log(level, 'notice', { message })
    return store
  } catch (error) {
    log('error', 'cannot-open', { message: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

interface Parts {
  readonly store: Store
  readonly scenarios: ScenarioLibrary
  readonly runs: RunLibrary
  readonly events: EventSource
  readonly bundles: BundleParts
}

function composed(info: HostInfo, { store, scenarios, runs, events, bundles }: Parts): HostApi {
  const changed = (kind: RecordKind): void => {
    events.tell(kind === 'scenario' ? { event: 'scenarios-changed' } : { event: 'runs-changed' })
  }
  return {
    hello: async () => info,
    ...scenarios.methods,
    ...runs.api,
    label: async (change) => {
      store.label(change)
      changed(change.kind)
    },
    remove: async (selection) => {
      // What is deleted while under way has no one to wait for it.
      if (selection.kind === 'run') await endRuns(selection.ids, { store, runs })
      store.remove(selection)
      changed(selection.kind)
    },
    restore: async (selection) => {
      store.restore(selection)
      changed(selection.kind)
    },
    ...bundleMethods(bundles),
  }
}

async function endRuns(ids: readonly string[], { store, runs }: Pick<Parts, 'store' | 'runs'>): Promise<void> {
  const here = ids.filter((id) => store.runs.summary(id) !== undefined)
  await Promise.all(here.map((id) => runs.api.controlRun({ id, action: 'cancel' })))
}
