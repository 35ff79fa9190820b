/** Runs: the list, what was opened of them, and the picture of those under way; the host keeps it up to date. */
import { create } from 'zustand'
import type { LiveRun } from '../../host/contract/live-run.ts'
import type {
  FaultRequest,
  RunControl,
  RunFilter,
  RunRecord,
  RunRequest,
  RunStart,
  RunSummary,
} from '../../host/contract/run-records.ts'
import { host, onHostEvent, onReconnected } from '../host-client/host.ts'
import { isUnderWay } from '../widgets/run-words.ts'
import { withPicture } from './live-rows.ts'
import { Turns } from './turns.ts'

/** Records and pictures that are kept in the page; the ones opened first go first. */
const RECORDS_KEPT = 12
const PICTURES_KEPT = 3

export interface RunsState {
  /** The newest first. */
  readonly summaries: readonly RunSummary[]
  /** Whether `summaries` is all there is. `failed`: see `listError`. */
  readonly list: 'unread' | 'loading' | 'ready' | 'failed'
  readonly listError: unknown
  readonly records: Readonly<Record<string, RunRecord>>
  /** Why a run could not be opened. */
  readonly recordErrors: Readonly<Record<string, unknown>>
  /**
   * All rows of a run under way, and until its record is read again also of one that just ended. Columns grow in place:
   * depend on the LiveRun, which is a new one for every picture.
   */
  readonly live: Readonly<Record<string, LiveRun>>

  /** Reads the list; with a filter, adds what it finds. Failures are in `listError`. */
  readonly load: (filter?: RunFilter) => Promise<void>
  /** Reads everything about a run. Failures are in `recordErrors`. */
  readonly open: (runId: string) => Promise<RunRecord | undefined>
  /** Rejects with a HostError, as do the following. */
  readonly start: (request: RunRequest) => Promise<RunStart>
  readonly control: (control: RunControl) => Promise<void>
  readonly inject: (fault: FaultRequest) => Promise<void>
  readonly label: (id: string, labels: { readonly tags?: readonly string[]; readonly notes?: string }) => Promise<void>
  readonly remove: (ids: readonly string[]) => Promise<void>
  readonly restore: (ids: readonly string[]) => Promise<void>
}

const listings = new Turns()

export const useRuns = create<RunsState>()((set, get) => ({
  summaries: [],
  list: 'unread',
  listError: null,
  records: {},
  recordErrors: {},
  live: {},

  async load(filter = {}) {
    const whole = filter.scenarioId === undefined && filter.limit === undefined
    if (whole && get().list !== 'ready') set({ list: 'loading' })
    const isNewest = whole ? listings.take() : () => true
    try {
      const read = await host.listRuns(filter)
      if (!isNewest()) return
      set(({ summaries }) => ({
        summaries: whole ? sorted(read) : read.reduce(withSummary, summaries),
        ...(whole ? { list: 'ready' as const, listError: null } : {}),
      }))
    } catch (error) {
      if (whole && isNewest()) set(({ list }) => ({ list: list === 'ready' ? list : 'failed', listError: error }))
    }
  },

  async open(runId) {
    try {
      const record = await host.readRun(runId)
      set((state) => ({
        summaries: withSummary(state.summaries, record.summary),
        records: newest({ ...without(state.records, runId), [runId]: record }, RECORDS_KEPT),
        recordErrors: without(state.recordErrors, runId),
        live: liveWithRecord(state.live, record),
      }))
      return record
    } catch (error) {
      set(({ recordErrors }) => ({ recordErrors: { ...recordErrors, [runId]: error } }))
      return undefined
    }
  },

  async start(request) {
    const started = await host.startRun(request)
    if (started.kind !== 'invalid') set(({ summaries }) => ({ summaries: withSummary(summaries, started.run) }))
    return started
  },

  control: async (control) => await host.controlRun(control),
  inject: async (fault) => await host.injectFault(fault),

  async label(id, labels) {
    await host.label({ kind: 'run', id, ...labels })
    set(({ summaries, records }) => ({
      summaries: summaries.map((run) => (run.id === id ? { ...run, ...labels } : run)),
      records: mapRecord(records, id, (record) => ({ ...record, summary: { ...record.summary, ...labels } })),
    }))
  },

  async remove(ids) {
    await host.remove({ kind: 'run', ids })
    const gone = new Set(ids)
    set(({ summaries }) => ({ summaries: summaries.filter(({ id }) => !gone.has(id)) }))
  },

  async restore(ids) {
    await host.restore({ kind: 'run', ids })
    await get().load()
  },
}))

/** The run of a scenario that is under way, else its newest; undefined when it never ran. */
export function latestRun(summaries: readonly RunSummary[], scenarioId: string): RunSummary | undefined {
  const own = summaries.filter((run) => run.scenarioId === scenarioId)
  return own.find((run) => isUnderWay(run.status)) ?? own[0]
}

function sorted(summaries: readonly RunSummary[]): readonly RunSummary[] {
  return [...summaries].sort((a, b) => b.number - a.number)
}

function withSummary(summaries: readonly RunSummary[], run: RunSummary): readonly RunSummary[] {
  const at = summaries.findIndex(({ id }) => id === run.id)
  return at < 0 ? sorted([run, ...summaries]) : summaries.with(at, run)
}

/** A picture that was read whole replaces what was put together; one that ended goes. */
function liveWithRecord(live: RunsState['live'], { summary, live: whole }: RunRecord): RunsState['live'] {
  const others = without(live, summary.id)
  const taken = whole === null ? null : withPicture(undefined, { ...whole, fromBucket: 0 })
  return taken === null ? others : newest({ ...others, [summary.id]: taken }, PICTURES_KEPT)
}

function mapRecord(
  records: RunsState['records'],
  id: string,
  change: (record: RunRecord) => RunRecord,
): RunsState['records'] {
  const record = records[id]
  return record === undefined ? records : { ...records, [id]: change(record) }
}

function without<T>(entries: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== id))
}

function newest<T>(entries: Readonly<Record<string, T>>, count: number): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).slice(-count))
}

const reading = new Set<string>()

/** Rows are missing, as after a reload of the page: reads all of them, once. */
async function catchUp(runId: string): Promise<void> {
  if (reading.has(runId)) return
  reading.add(runId)
  await useRuns.getState().open(runId)
  reading.delete(runId)
}

function takePicture(picture: LiveRun): void {
  const { live } = useRuns.getState()
  const whole = withPicture(live[picture.runId], picture)
  if (whole === null) void catchUp(picture.runId)
  else useRuns.setState({ live: newest({ ...live, [picture.runId]: whole }, PICTURES_KEPT) })
}

function takeSummary(run: RunSummary): void {
  useRuns.setState(({ summaries, records }) => ({
    summaries: withSummary(summaries, run),
    records: mapRecord(records, run.id, (record) => ({ ...record, summary: run })),
  }))
  const { records, live, open } = useRuns.getState()
  const known = records[run.id] !== undefined || live[run.id] !== undefined
  if (known && !isUnderWay(run.status)) void open(run.id)
}

onHostEvent((event) => {
  if (event.event === 'run-live') takePicture(event.live)
  else if (event.event === 'run-changed') takeSummary(event.run)
  else if (event.event === 'runs-changed' && useRuns.getState().list !== 'unread') void useRuns.getState().load()
})

onReconnected(() => {
  const { load, open, list, records, live } = useRuns.getState()
  if (list !== 'unread') void load()
  useRuns.setState({ live: {} })
  const stale = [
    ...Object.values(records)
      .filter(({ summary }) => isUnderWay(summary.status))
      .map(idOf),
    ...Object.keys(live),
  ]
  for (const id of new Set(stale)) void open(id)
})

function idOf({ summary }: RunRecord): string {
  return summary.id
}
