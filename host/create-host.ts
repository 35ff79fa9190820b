/** The composition root: from the platform to everything that the doors of the application call. */
import { ENGINE_VERSION } from '../sim-core/kernel/engine-version.ts'
import type { Host, Platform } from './contract/host.ts'
import { createCacheCurveService } from './runs/cache-curve-service.ts'
import { createScenarioService } from './runs/scenario-service.ts'
import { createStudyService } from './runs/study-service.ts'
import { createWorkspace } from './workspace/create-workspace.ts'

/** The host. Threads are started when work comes. */
export function createHost(platform: Platform): Host {
  const studies = createStudyService(platform)
  const curves = createCacheCurveService(platform)
  return {
    engineVersion: ENGINE_VERSION,
    scenarios: createScenarioService(platform.libraryFolder),
    studies: studies.api,
    curves: curves.api,
    openWorkspace: (options) => createWorkspace(platform, options),
    close: async () => void (await Promise.all([studies.close(), curves.close()])),
  }
}
