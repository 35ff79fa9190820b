/** Simulated time on axes and in words: ticks at round moments, as mm:ss or h:mm. */
import type { TimeSpan } from './chart-types.ts'

/** Distances between ticks that people read easily, in s. */
const STEPS_S = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600,
  7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
] as const

/** Room that a tick and its label take, in px. */
const TICK_PX = 76

const MINUTE_S = 60
const HOUR_S = 3_600

/** Ticks of shorter spans are told with tenths of seconds. */
const TENTHS_BELOW_S = 10

/** Moments for ticks within a span, round ones, as many as fit into a width in px. */
export function timeTicks({ fromS, toS }: TimeSpan, widthPx: number): number[] {
  const span = toS - fromS
  if (!(span > 0)) return [fromS]
  const most = Math.max(2, Math.floor(widthPx / TICK_PX))
  const step = STEPS_S.find((candidate) => span / candidate <= most) ?? Math.ceil(span / most / 604_800) * 604_800
  const first = Math.ceil(fromS / step - 1e-9)
  const count = Math.floor(toS / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** A tick's label: `18:00`; `1:05 h` where the axis counts hours; `2.5 s` on axes shorter than a minute. */
export function tickText(seconds: number, { fromS, toS }: TimeSpan): string {
  if (toS <= MINUTE_S) return `${Number(seconds.toPrecision(6))} s`
  if (toS - fromS <= TENTHS_BELOW_S) return instantText(seconds, true)
  const wholeMinutes = toS - fromS >= 2 * HOUR_S
  return wholeMinutes ? `${hoursText(seconds)} h` : instantText(seconds)
}

/** A moment of simulated time: `14:20`, `1:02:05`; with tenths where `exact` asks for them. */
export function instantText(seconds: number, exact = false): string {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / HOUR_S), Math.floor(whole / MINUTE_S) % MINUTE_S]
  const rest = exact && seconds !== whole ? (seconds % MINUTE_S).toFixed(1).padStart(4, '0') : two(whole % MINUTE_S)
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

function hoursText(seconds: number): string {
  return `${Math.floor(seconds / HOUR_S)}:${two(Math.floor(seconds / MINUTE_S) % MINUTE_S)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
