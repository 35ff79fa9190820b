/** The whole report of a study for a terminal: the decision first, the evidence under it. */
import type { StudyResult } from '../../contract/study-api.ts'
import { styleFor } from '../style.ts'
import { componentLines } from './components.ts'
import { decisionLines } from './decision.ts'
import { endpointLines } from './endpoints.ts'
import { eventLines } from './events.ts'
import { FIXED_SPACE } from './figure-text.ts'
import { objectiveLines } from './objectives.ts'
import { overTimeLines } from './over-time.ts'
import { studyLines } from './study.ts'
import { theoryLines } from './theory.ts'

/** The report is laid out for this many columns, and for no fewer than the second. */
const WIDTH_MAX = 100
const WIDTH_MIN = 72

/** Where the report will stand. */
export interface ReportSurface {
  /** Columns of the terminal; what is no terminal has room enough. */
  readonly columns: number | undefined
  readonly colour: boolean
}

/** Every section, with an empty line between two. */
export function reportText(result: StudyResult, { columns = WIDTH_MAX, colour }: ReportSurface): string {
  const style = styleFor(colour)
  const width = Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, columns))
  const parts = [
    decisionLines(result, style, width),
    objectiveLines(result.objectives, style),
    endpointLines(result, style, width),
    componentLines(result.components, style, width),
    theoryLines(result.theory, style),
    overTimeLines(result.series, style, width),
    eventLines(result, style, width),
    studyLines(result, style, width),
  ]
  const sections = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `\n${sections.join('\n\n')}\n\n`.replaceAll(FIXED_SPACE, ' ')
}

/** The verdict with its reason alone. */
export function verdictText(result: StudyResult): string {
  return `${result.verdict.replaceAll('_', ' ')}${result.partial ? ' (partial)' : ''}: ${result.reason}\n`
}
