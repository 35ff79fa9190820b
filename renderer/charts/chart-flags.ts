/** Flags for what happened, placed above a chart so that their texts do not touch. */
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'
import type { TimeSpan } from './chart-types.ts'

/** One flag; several events at nearly the same place share it. */
export interface Flag {
  readonly atS: number
  readonly events: readonly HappeningResult[]
  /** What fits beside its neighbours; empty when nothing does. */
  readonly text: string
}

/** Events closer than this share a flag, in px. */
const SHARE_PX = 10
/** Average width of a letter of the flags, and room left between texts, in px. */
const LETTER_PX = 6
const GAP_PX = 10
/** A text of fewer letters says nothing. */
const LETTERS_MIN = 6
const LETTERS_MAX = 34

/** Flags of the events within a span that is drawn `widthPx` wide. */
export function placeFlags(events: readonly HappeningResult[], span: TimeSpan, widthPx: number): Flag[] {
  const scale = widthPx / (span.toS - span.fromS)
  const groups: { readonly atS: number; readonly events: HappeningResult[] }[] = []
  for (const event of events.toSorted((a, b) => a.at_s - b.at_s)) {
    if (event.at_s < span.fromS || event.at_s > span.toS) continue
    const last = groups.at(-1)
    if (last !== undefined && (event.at_s - last.atS) * scale < SHARE_PX) last.events.push(event)
    else groups.push({ atS: event.at_s, events: [event] })
  }
  const at = (group: { readonly atS: number }): number => (group.atS - span.fromS) * scale
  return groups.map((group, index) => {
    const next = groups[index + 1]
    const roomPx = (next === undefined ? widthPx : at(next)) - at(group) - GAP_PX
    const letters = Math.min(LETTERS_MAX, Math.floor(roomPx / LETTER_PX))
    return { ...group, text: letters < LETTERS_MIN ? '' : shortened(flagText(group.events), letters) }
  })
}

/** `catalog 3 to 4 replicas`: the first part of what happened, and how much more happened there. */
function flagText(events: readonly HappeningResult[]): string {
  const [first] = events
  if (first === undefined) return ''
  const brief = `${first.component} ${first.text.split(',')[0] ?? ''}`
  return events.length === 1 ? brief : `${brief} +${events.length - 1}`
}

function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`
}
