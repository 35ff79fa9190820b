// The page's list of runs follows what the host tells.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostEvent } from '../../../host/contract/host-api.ts'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'

const told = vi.hoisted(() => ({
  listener: null as unknown as (event: HostEvent) => void,
  reconnected: (): void => {},
  host: { listRuns: vi.fn(), readRun: vi.fn(), startRun: vi.fn(), remove: vi.fn(), restore: vi.fn(), label: vi.fn() },
}))

vi.mock('../../../renderer/host-client/host.ts', () => ({
  host: told.host,
  onHostEvent: (listener: (event: HostEvent) => void) => (told.listener = listener),
  onReconnected: (listener: () => void) => (told.reconnected = listener),
}))

const { latestRun, useRuns } = await import('../../../renderer/stores/runs-store.ts')

const summary = (number: number, status: RunSummary['status'] = 'done', scenarioId = 's'): RunSummary =>
  ({ id: `r${number}`, number, status, scenarioId, tags: [], notes: '' }) as unknown as RunSummary
const record = (of: RunSummary, live: LiveRun | null = null): RunRecord =>
  ({ summary: of, live }) as unknown as RunRecord
const picture = (fromBucket: number, load: readonly number[]): LiveRun =>
  ({ runId: 'r1', replication: 0, fromBucket, rows: { load }, happenings: [] }) as unknown as LiveRun

const settle = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 0))
const numbers = (): number[] => useRuns.getState().summaries.map(({ number }) => number)

beforeEach(() => {
  vi.resetAllMocks()
  useRuns.setState(useRuns.getInitialState(), true)
})

describe('useRuns', () => {
  it('lists the newest first, and adds what a filter finds', async () => {
    told.host.listRuns.mockResolvedValueOnce([summary(1), summary(3)])
    await useRuns.getState().load()
    expect(numbers()).toEqual([3, 1])
    expect(useRuns.getState().list).toBe('ready')
    told.host.listRuns.mockResolvedValueOnce([summary(2), summary(3, 'failed')])
    await useRuns.getState().load({ scenarioId: 's' })
    expect(numbers()).toEqual([3, 2, 1])
    expect(useRuns.getState().summaries[0]?.status).toBe('failed')
  })

  it('keeps an error of the first reading, and a list through later ones', async () => {
    told.host.listRuns.mockRejectedValueOnce(new Error('no'))
    await useRuns.getState().load()
    expect(useRuns.getState().list).toBe('failed')
    told.host.listRuns.mockResolvedValueOnce([summary(1)])
    await useRuns.getState().load()
    told.host.listRuns.mockRejectedValueOnce(new Error('no'))
    await useRuns.getState().load()
    expect(useRuns.getState()).toMatchObject({ list: 'ready', summaries: [{ number: 1 }] })
  })

  it('believes the answer that was asked for last, whichever comes first', async () => {
    const early = Promise.withResolvers<readonly RunSummary[]>()
    told.host.listRuns.mockReturnValueOnce(early.promise).mockResolvedValueOnce([summary(1)])
    const first = useRuns.getState().load()
    told.listener({ event: 'runs-changed' })
    await settle()
    expect(useRuns.getState()).toMatchObject({ list: 'ready', summaries: [{ number: 1 }] })
    early.resolve([])
    await first
    expect(numbers()).toEqual([1])
  })

  it('puts pictures together, and reads what it missed', async () => {
    told.listener({ event: 'run-live', live: picture(0, [1, 2]) })
    told.listener({ event: 'run-live', live: picture(2, [3]) })
    expect(useRuns.getState().live['r1']?.rows).toEqual({ load: [1, 2, 3] })
    told.host.readRun.mockResolvedValueOnce(record(summary(1, 'running'), picture(0, [1, 2, 3, 4, 5])))
    told.listener({ event: 'run-live', live: picture(5, [6]) })
    await settle()
    expect(useRuns.getState().live['r1']?.rows).toEqual({ load: [1, 2, 3, 4, 5] })
    told.listener({ event: 'run-live', live: picture(5, [6]) })
    expect(useRuns.getState().live['r1']?.rows).toEqual({ load: [1, 2, 3, 4, 5, 6] })
  })

  it('reads a watched run again when it ends, and lets its picture go', async () => {
    told.listener({ event: 'run-live', live: picture(0, [1]) })
    told.host.readRun.mockResolvedValueOnce(record(summary(1)))
    told.listener({ event: 'run-changed', run: summary(1) })
    expect(numbers()).toEqual([1])
    await settle()
    expect(useRuns.getState().live).toEqual({})
    expect(useRuns.getState().records['r1']?.summary.status).toBe('done')
  })

  it('keeps the reason when a run cannot be opened', async () => {
    const reason = new Error('gone')
    told.host.readRun.mockRejectedValueOnce(reason)
    await expect(useRuns.getState().open('r9')).resolves.toBeUndefined()
    expect(useRuns.getState().recordErrors['r9']).toBe(reason)
  })

  it('reads again after a lost connection', async () => {
    told.host.listRuns.mockResolvedValue([summary(1, 'running')])
    await useRuns.getState().load()
    told.host.readRun.mockResolvedValue(record(summary(1, 'interrupted')))
    told.listener({ event: 'run-live', live: picture(0, [1]) })
    told.reconnected()
    await settle()
    expect(told.host.readRun).toHaveBeenCalledWith('r1')
    expect(useRuns.getState().summaries[0]?.status).toBe('interrupted')
  })

  it('takes deleted runs out of the list at once', async () => {
    told.host.listRuns.mockResolvedValueOnce([summary(1), summary(2)])
    await useRuns.getState().load()
    told.host.remove.mockResolvedValueOnce(undefined)
    await useRuns.getState().remove(['r2'])
    expect(numbers()).toEqual([1])
    expect(told.host.remove).toHaveBeenCalledWith({ kind: 'run', ids: ['r2'] })
  })
})

describe('latestRun', () => {
  it('prefers the one under way', () => {
    const runs = [summary(3), summary(2, 'paused'), summary(1, 'done', 't')]
    expect(latestRun(runs, 's')?.number).toBe(2)
    expect(latestRun(runs, 't')?.number).toBe(1)
    expect(latestRun(runs, 'u')).toBeUndefined()
  })
})
