// Finds the steps of a parsed scenario wherever they stand.
import type { ParsedStep } from '../language/schema-context.ts'

/** The steps in a parsed value, however deep they stand in other steps. */
export function stepsIn(value: unknown): readonly ParsedStep[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn)
  if (typeof value !== 'object' || value === null) return []
  if ('word' in value && 'spec' in value) return [value as ParsedStep, ...stepsIn(value.spec)]
  return Object.values(value).flatMap(stepsIn)
}
