/** Points and spans of time, as the interface writes them. */

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/** How long ago: "just now", "12 s ago", "5 min ago", "3 h ago", "yesterday", then the date. Instants in ms since 1970. */
export function agoText(atMs: number, nowMs: number, locale?: string): string {
  const ageS = Math.max(0, (nowMs - atMs) / 1000)
  if (ageS < 2) return 'just now'
  if (ageS < MINUTE_S) return `${Math.floor(ageS)} s ago`
  if (ageS < HOUR_S) return `${Math.floor(ageS / MINUTE_S)} min ago`
  if (ageS < DAY_S) return `${Math.floor(ageS / HOUR_S)} h ago`
  if (ageS < 2 * DAY_S) return 'yesterday'
  if (ageS < 7 * DAY_S) return `${Math.floor(ageS / DAY_S)} days ago`
  const thisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return formatter(thisYear ? 'day' : 'date', locale).format(atMs)
}

/** Date and time of day, to the minute. */
export function momentText(atMs: number, locale?: string): string {
  return formatter('moment', locale).format(atMs)
}

/** A simulated clock: `00:14:20`, hours first; negative times count down. */
export function clockText(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds))
  const parts = [Math.floor(whole / HOUR_S), Math.floor(whole / MINUTE_S) % 60, whole % 60]
  return `${seconds < 0 && whole > 0 ? '−' : ''}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`
}

/** About how much is left: "41 s left", "3 min left". */
export function leftText(leftMs: number): string {
  const leftS = Math.ceil(leftMs / 1000)
  if (leftS < 1) return 'nearly done'
  if (leftS < 100) return `${leftS} s left`
  if (leftS < 100 * MINUTE_S) return `${Math.round(leftS / MINUTE_S)} min left`
  return `${Math.round(leftS / HOUR_S)} h left`
}

const shapes = {
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(shape: keyof typeof shapes, locale?: string): Intl.DateTimeFormat {
  const key = `${shape} ${locale ?? ''}`
  const kept = formatters.get(key) ?? new Intl.DateTimeFormat(locale, shapes[shape])
  formatters.set(key, kept)
  return kept
}
