// Finds the steps of a parsed scenario wherever they stand.
import type { ParsedStep } from '../language/schema-context.ts'

/** The steps in a parsed value, however deep they stand in other steps. */
export function stepsIn(value: unknown): readonly ParsedStep[] {
  return stepsDirectlyIn(value).flatMap((step) => [step, ...stepsIn(step.spec)])
}

/** The steps that a parsed value holds, those within them left inside. */
export function stepsDirectlyIn(value: unknown): readonly ParsedStep[] {
  if (typeof value !== 'object' || value === null) return []
  if ('word' in value && 'spec' in value) return [value as ParsedStep]
  return Object.values(value).flatMap(stepsDirectlyIn)
}
