/** From the text of a scenario to a validated one, or to every problem it has. */
import type { JsonValue } from '../language/field.ts'
import { circleComplaints } from './circles.ts'
import type { LoadBase } from './extends.ts'
import { readBases, withoutExtends } from './extends.ts'
import type { DocumentComplaint } from './issues.ts'
import { complaintOf, withoutMistyped } from './issues.ts'
import { isJsonMap, locate, mergeValues } from './layers.ts'
import { migrate } from './migrate.ts'
import { namesIn } from './names.ts'
import { applyOverrides, placeOfOverride } from './overrides.ts'
import type { Override } from './overrides.ts'
import type { Problem } from './problem.ts'
import { orderedProblems, problemAt } from './problem.ts'
import type { ScenarioOf } from './schema.ts'
import { scenarioSchema } from './schema.ts'
import { sections } from './sections.ts'
import { crossComplaints } from './cross-checks.ts'
import type { Source } from './yaml-source.ts'
import { readYaml } from './yaml-source.ts'

/** A validated scenario: base units, camelCase keys that end in their unit, references resolved. */
export type ScenarioSpec = ScenarioOf<typeof sections>

/** What may accompany the text. */
export interface ParseOptions {
  /** `path=value` each, applied in order to the merged document. */
  readonly overrides?: readonly string[]
  /** Reads the file that `extends` names, its path resolved against the file that names it. */
  readonly loadBase?: LoadBase
}

/** The scenario and its merged document, unless a problem is an error. */
export interface ParseResult {
  readonly scenario?: ScenarioSpec
  /** The document that was validated: bases merged, overrides applied, values as written. */
  readonly document?: JsonValue
  readonly problems: readonly Problem[]
}

/**
 * Parses the text of a scenario. Never throws on any input; returns every problem of the text, of its bases and of the
 * overrides, in order of place. `fileName` is what problems name and what `extends` is relative to.
 */
export function parseScenario(text: string, fileName: string, options: ParseOptions = {}): ParseResult {
  const top = readYaml(text, fileName)
  if (top.source === undefined) return { problems: orderedProblems(top.problems) }
  const { sources, problems: baseProblems } = readBases(top.source, options.loadBase)
  const merged = sources
    .map(({ value }) => withoutExtends(value))
    .reduceRight((under, over) => mergeValues(under, over))
  const overridden = applyOverrides(merged, options.overrides ?? [])
  const validated = validate(overridden.value)
  const problems = [...top.problems, ...baseProblems, ...overridden.problems]
  const found = validated.complaints.flatMap((complaint) => placed(complaint, sources, overridden.applied))
  const all = orderedProblems([...problems, ...found])
  if (all.some(({ severity }) => severity === 'error') || validated.scenario === undefined) return { problems: all }
  return { scenario: validated.scenario, document: overridden.value, problems: all }
}

const NOT_A_MAP = { code: 'wrong-type', message: 'a scenario is a map', hint: 'start with version: 1' }

interface Validation {
  readonly scenario?: ScenarioSpec
  readonly complaints: readonly DocumentComplaint[]
}

function validate(document: JsonValue): Validation {
  if (!isJsonMap(document)) return { complaints: [{ ...NOT_A_MAP, path: [], aspect: 'value' }] }
  const migrated = migrate(document)
  if ('complaint' in migrated && migrated.complaint.code === 'unknown-version') {
    return { complaints: [{ ...migrated.complaint, path: ['version'], aspect: 'value' }] }
  }
  const names = namesIn(document)
  const result = scenarioSchema(sections, names).safeParse(document, { jitless: true })
  const circles = circleComplaints(document, names, result.data?.caches)
  const version =
    'complaint' in migrated ? [{ ...migrated.complaint, path: ['version'], aspect: 'value' as const }] : []
  const issues = result.success ? [] : result.error.issues.map((issue) => complaintOf(issue, document))
  const complaints = [...version, ...withoutMistyped(issues), ...circles]
  if (!result.success) return { complaints }
  const crossed = crossComplaints(result.data, document).map((complaint) => ({
    ...complaint,
    aspect: 'value' as const,
  }))
  return { scenario: result.data, complaints: [...complaints, ...crossed] }
}

/** Complaints that what is broken further down may have caused: the missing piece can be there. */
const DOUBTFUL_WHEN_BROKEN = new Set(['missing', 'unknown-reference', 'ambiguous-reference', 'contradiction'])

/** The problem of a complaint; none when an error of syntax before it, or one that may hide what it misses, explains it. */
function placed(
  complaint: DocumentComplaint,
  sources: readonly Source[],
  overrides: readonly Override[],
): readonly Problem[] {
  const { path, aspect } = complaint
  const override = placeOfOverride(overrides, path)
  const place = override ?? locate(sources, path, aspect)
  const source = sources.find(({ file }) => file === place.file)
  if (override === undefined && source !== undefined && source.brokenFrom !== Infinity) {
    const isDoubtful = DOUBTFUL_WHEN_BROKEN.has(complaint.code) && !complaint.hint.startsWith('did you mean')
    if (isDoubtful || place.line >= source.placeOf(source.brokenFrom).line) return []
  }
  return [problemAt(complaint, place, path)]
}
