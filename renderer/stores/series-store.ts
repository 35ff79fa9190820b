/** Series of runs that ended, as read from the host: one call per view and stretch, kept while they are of use. */
import { create } from 'zustand'
import type { SeriesColumns, SeriesQuery } from '../../host/contract/run-records.ts'
import { host } from '../host-client/host.ts'

/** Answers that are kept; the oldest go first. */
const ANSWERS_KEPT = 24

/** An answer, or how far it is. */
export interface SeriesAnswer {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly columns: SeriesColumns
  readonly error: unknown
}

interface SeriesState {
  /** By `seriesKey`. */
  readonly answers: Readonly<Record<string, SeriesAnswer>>
  /** Asks the host unless it was asked already; failures are asked again. */
  readonly load: (query: SeriesQuery) => Promise<void>
}

const LOADING: SeriesAnswer = { state: 'loading', columns: {}, error: null }

export const useSeries = create<SeriesState>()((set, get) => ({
  answers: {},
  async load(query) {
    const key = seriesKey(query)
    const known = get().answers[key]
    if (known !== undefined && known.state !== 'failed') return
    const put = (answer: SeriesAnswer): void =>
      set(({ answers }) => {
        const others = Object.entries(answers).filter(([other]) => other !== key)
        return { answers: Object.fromEntries([...others, [key, answer] as const].slice(-ANSWERS_KEPT)) }
      })
    put(LOADING)
    try {
      put({ state: 'ready', columns: await host.readSeries(query), error: null })
    } catch (error) {
      put({ state: 'failed', columns: {}, error })
    }
  },
}))

/** What tells one question from another. */
export function seriesKey({ runId, names, fromS, toS, pointsMax }: SeriesQuery): string {
  return [runId, fromS ?? '', toS ?? '', pointsMax, ...names].join('\n')
}
