/** What happened on the way: scalings, faults, breakers; how many of each, and the first few. */
import type { StudyResult } from '../../contract/study-api.ts'
import { printable, shortened } from '../style.ts'
import type { Style } from '../style.ts'
import { momentText } from './figure-text.ts'
import { lengthSeconds } from './series-figures.ts'
import { tableLines } from './text-table.ts'

/** Events told of each kind. */
const TOLD = 4

/** Columns before the text of an event. */
const TEXT_INDENT = 26

/** Follows from a scaling some time before, and would double the list. */
const UNTOLD: ReadonlySet<string> = new Set(['ready'])

/** Grouped by kind, in the order in which each first happened. */
export function eventLines({ timeline, series, replications }: StudyResult, style: Style, width: number): string[] {
  const duration = lengthSeconds(series)
  const byKind = Map.groupBy(
    timeline.filter(({ kind }) => !UNTOLD.has(kind)),
    ({ kind }) => kind,
  )
  if (byKind.size === 0) return []
  const rows = [...byKind].flatMap(([kind, events]) => {
    const told = events.slice(0, events.length > TOLD + 1 ? TOLD : TOLD + 1)
    const rest = events.length - told.length
    return [
      ...told.map(({ at_s: atSeconds, component, text }, index) => [
        index === 0 ? `${events.length} ${kind}` : '',
        style.dim(momentText(atSeconds, duration)),
        shortened(printable(text.includes(component) ? text : `${component}: ${text}`), width - TEXT_INDENT),
      ]),
      ...(rest > 0 ? [['', '', style.dim(`and ${rest} more`)]] : []),
    ]
  })
  const which = replications > 1 ? style.dim('  in the first replication') : ''
  return [style.bold('Events') + which, ...tableLines(rows, ['left', 'right', 'left'])]
}
