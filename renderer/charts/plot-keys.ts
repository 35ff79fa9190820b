/** What keys do on a chart: move the crosshair, zoom around it, show all. */
import type { TimeSpan } from './chart-types.ts'

/** Share of the span that an arrow key moves the crosshair by, and a page key. */
const STEP_SHARE = 1 / 100
const PAGE_SHARE = 1 / 10

/** What a plus key leaves of the span. */
const ZOOM_SHARE = 0.5

/** The narrowest zoom by keys, as a share of all. */
const ZOOM_SHARE_MIN = 1 / 500

/** Where things stand. */
export interface PlotState {
  readonly crosshairS: number | null
  /** In view, and all there is. */
  readonly span: TimeSpan
  readonly whole: TimeSpan
}

/** What a key changes; what is absent stays. A null zoom shows all. Null when the key means nothing here. */
export function plotKey(
  key: string,
  { crosshairS, span, whole }: PlotState,
): { readonly crosshairS: number } | { readonly zoom: TimeSpan | null } | null {
  const length = span.toS - span.fromS
  const at = crosshairS ?? span.fromS
  const to = (seconds: number) => ({ crosshairS: Math.min(span.toS, Math.max(span.fromS, seconds)) })
  switch (key) {
    case 'ArrowRight':
      return to(at + length * STEP_SHARE)
    case 'ArrowLeft':
      return to(at - length * STEP_SHARE)
    case 'PageUp':
      return to(at + length * PAGE_SHARE)
    case 'PageDown':
      return to(at - length * PAGE_SHARE)
    case 'Home':
      return to(span.fromS)
    case 'End':
      return to(span.toS)
    case '+':
    case '=':
      return { zoom: around(at, length * ZOOM_SHARE, whole) }
    case '-':
      return { zoom: length / ZOOM_SHARE >= whole.toS - whole.fromS ? null : around(at, length / ZOOM_SHARE, whole) }
    case '0':
      return { zoom: null }
    default:
      return null
  }
}

/** Never so narrow that there is nothing to see. */
function around(seconds: number, wanted: number, whole: TimeSpan): TimeSpan {
  const length = Math.max(wanted, (whole.toS - whole.fromS) * ZOOM_SHARE_MIN)
  const fromS = Math.min(Math.max(whole.fromS, seconds - length / 2), whole.toS - length)
  return { fromS, toS: fromS + length }
}
