/** How far a study is, in one line that is rewritten while it runs. */
import type { StudyProgress } from '../contract/study-api.ts'
import { figureText, FIXED_SPACE, lengthText } from './report/figure-text.ts'
import { shortened } from './style.ts'

/** Least time between two rewritings, in ms. */
const INTERVAL_MS = 100

/** Cells of the bar. */
const BAR_CELLS = 24

const NS_PER_SECOND = 1e9
const MS_PER_SECOND = 1_000

/** Moves to the first column and clears the line. */
const CLEAR = '\r\u001b[2K'

/** A line on a terminal. Every progress may be shown; those that come too soon after another are left out. */
export class ProgressLine {
  readonly #write: (text: string) => void
  readonly #columns: () => number
  #shownMs = -INTERVAL_MS
  #isShown = false

  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write
    this.#columns = columns
  }

  show(progress: StudyProgress): void {
    this.showText(progressText(progress), progress.elapsedMs)
  }

  /** Shows a text of one line. @param nowMs a clock that never goes back */
  showText(text: string, nowMs: number): void {
    if (nowMs - this.#shownMs < INTERVAL_MS) return
    this.#shownMs = nowMs
    this.#isShown = true
    this.#write(CLEAR + shortened(text, this.#columns() - 1))
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown) this.#write(CLEAR)
    this.#isShown = false
  }
}

/** `████░░░░ 42 %  2 of 5 replications  212x  41 s left  15.1 M requests`: the most important first, since the end may be cut off. */
export function progressText(progress: StudyProgress): string {
  const { simulatedNs, plannedNs, elapsedMs, leftMs, replicationsDone, replicationsPlanned, requests } = progress
  const share = plannedNs > 0 ? Math.min(1, simulatedNs / plannedNs) : 0
  const full = Math.floor(share * BAR_CELLS)
  const simulatedSeconds = simulatedNs / NS_PER_SECOND
  const factor = elapsedMs > 0 ? simulatedSeconds / (elapsedMs / MS_PER_SECOND) : 0
  const parts = [
    `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    leftText(leftMs),
    `${replicationsDone} of ${replicationsPlanned} replications`,
    `${lengthText(simulatedSeconds)} simulated`,
    `${figureText(Math.round(factor), 'count')}x`,
    `${figureText(requests, 'count')} requests`,
  ]
  return parts.join('  ').replaceAll(FIXED_SPACE, ' ')
}

function leftText(leftMs: number | null): string {
  if (leftMs === null) return 'starting'
  return leftMs === 0 ? 'summing up' : `${lengthText(Math.ceil(leftMs / MS_PER_SECOND))} left`
}
