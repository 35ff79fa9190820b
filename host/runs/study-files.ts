/** From the file of a scenario to a plan that can be run, or to what stands in the way. */
import type { StudyRequest } from '../contract/study-api.ts'
import { loadScenario } from './scenario-files.ts'
import { prepare } from './scenario-study.ts'
import type { Preparation } from './scenario-study.ts'

/** Reads, checks and compiles. */
export function prepareStudy({ file, overrides }: StudyRequest): Preparation {
  const texts = overrides.map(({ text }) => text)
  return prepare(loadScenario(file, texts), overrides)
}
