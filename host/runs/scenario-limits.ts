/** Tells, with its place, why a valid scenario is too large to be simulated. */
import { locate } from '../../sim-core/scenario/layers.ts'
import { limitComplaints } from '../../sim-core/scenario/limits.ts'
import { applyOverrides, placeOfOverride } from '../../sim-core/scenario/overrides.ts'
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import { problemAt } from '../../sim-core/scenario/problem.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'

/** The parse with a problem for each limit that its scenario exceeds, and then without the scenario. */
export function withinLimits(
  parsed: ParseResult,
  text: string,
  file: string,
  overrides: readonly string[],
): ParseResult {
  const { scenario, document, problems } = parsed
  if (scenario === undefined || document === undefined) return parsed
  const complaints = limitComplaints(scenario)
  if (complaints.length === 0) return parsed
  const source = readYaml(text, file).source
  const { applied } = applyOverrides(document, overrides)
  const exceeded = complaints.map((complaint): Problem => {
    const place =
      placeOfOverride(applied, complaint.path) ?? locate(source === undefined ? [] : [source], complaint.path, 'value')
    return problemAt(complaint, place, complaint.path)
  })
  return { problems: [...problems, ...exceeded] }
}
