/** Answers questions about scenarios: are they valid, which ship with the program, what can they name. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { algorithmFamilies } from '../../sim-core/scenario/algorithm-families.ts'
import { scenarioJsonSchema } from '../../sim-core/scenario/json-schema.ts'
import type { ScenarioSpec } from '../../sim-core/scenario/parse.ts'
import { sections } from '../../sim-core/scenario/sections.ts'
import { writeScenario } from '../../sim-core/scenario/write.ts'
import type { ScenarioApi, ScenarioSummary, ScenarioValidation } from '../contract/scenario-api.ts'
import { loadScenario } from './scenario-files.ts'

/** The service; `libraryFolder` holds the scenarios that ship with the program. */
export function createScenarioService(libraryFolder: string): ScenarioApi {
  return {
    validate: async (path, overrides) => validation(path, overrides),
    library: async () => libraryFiles(libraryFolder).map((path) => validation(path)),
    algorithms: async () => algorithmFamilies,
    jsonSchema: async () => scenarioJsonSchema(sections),
  }
}

function libraryFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return names.toSorted().map((name) => join(folder, name))
}

function validation(file: string, overrides: readonly string[] = []): ScenarioValidation {
  const { scenario, document, problems } = loadScenario(file, overrides)
  if (scenario === undefined || document === undefined) return { file, problems }
  return { file, problems, summary: summaryOf(scenario), text: writeScenario(document) }
}

function summaryOf(scenario: ScenarioSpec): ScenarioSummary {
  const services = Object.values(scenario.services)
  return {
    name: scenario.name,
    ...(scenario.question === undefined ? {} : { question: scenario.question }),
    services: services.length,
    endpoints: services.reduce((sum, service) => sum + Object.keys(service.endpoints).length, 0),
    caches: Object.keys(scenario.caches).length,
    databases: Object.keys(scenario.databases).length,
    sources: Object.keys(scenario.traffic).length,
  }
}
