/** Reads the runs of the address, and picks the last two when it names none. */
import { useEffect, useMemo } from 'react'
import { useRuns } from '../../stores/runs-store.ts'
import { addressText, useView } from '../../stores/view-store.ts'
import type { ComparedRun } from './compared-runs.ts'
import { comparedIds, comparedRuns, lastTwo } from './compared-runs.ts'

export function useComparedRuns(): readonly ComparedRun[] {
  const subject = useView(({ address }) => address.subject)
  const list = useRuns((state) => state.list)
  const summaries = useRuns((state) => state.summaries)
  const records = useRuns((state) => state.records)
  const errors = useRuns((state) => state.recordErrors)
  const ids = useMemo(() => comparedIds(subject), [subject])
  useEffect(() => {
    const { list: known, load } = useRuns.getState()
    if (known === 'unread' || known === 'failed') void load()
  }, [])
  useEffect(() => {
    const { records: known, open } = useRuns.getState()
    for (const id of ids) if (known[id] === undefined) void open(id)
  }, [ids])
  useEffect(() => {
    if (ids.length > 0 || list !== 'ready') return
    const last = lastTwo(useRuns.getState().summaries)
    // Without an entry in the history: going back must not lead to the empty screen that jumps here again.
    if (last.length > 1) location.replace(addressText({ view: 'compare', subject: last.join(','), parameters: {} }))
  }, [ids, list])
  return useMemo(() => comparedRuns(ids, summaries, records, errors), [ids, summaries, records, errors])
}

/** Compares these runs, the first as the baseline; the rest of the address stays. */
export function compareRuns(ids: readonly string[]): void {
  const { go, address } = useView.getState()
  const { pair: _, ...parameters } = address.parameters
  go('compare', ids.join(','), parameters)
}
