// The line to the host mends itself, and no call hangs when it breaks.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Channel } from '../../../host/contract/channel.ts'
import type { HostEvent } from '../../../host/contract/host-api.ts'
import { retryDelayMs } from '../../../renderer/host-client/backoff.ts'
import type { Link, LinkState } from '../../../renderer/host-client/link.ts'
import { createLink } from '../../../renderer/host-client/link.ts'

/** A host that answers `hello` and holds every other call. */
class FakeHost {
  readonly calls: string[] = []
  answers = true
  readonly #listeners = new Set<(value: unknown) => void>()
  readonly #closers = new Set<() => void>()

  channel(): Channel {
    return {
      post: (value) => this.#take(value as { readonly id: string; readonly path: readonly string[] }),
      onMessage: (listener) => {
        this.#listeners.add(listener)
        return () => void this.#listeners.delete(listener)
      },
      onClose: (listener) => void this.#closers.add(listener),
      close: () => this.die(),
    }
  }

  tell(value: unknown): void {
    for (const listener of this.#listeners) listener(value)
  }

  die(): void {
    const closers = [...this.#closers]
    this.#closers.clear()
    for (const closer of closers) closer()
  }

  #take({ id, path }: { readonly id: string; readonly path: readonly string[] }): void {
    const method = path[0] ?? ''
    this.calls.push(method)
    if (method !== 'hello' || !this.answers) return
    queueMicrotask(() => this.tell({ id, type: 'RAW', value: { startId: 'one' } }))
  }
}

let states: LinkState[]
let events: HostEvent[]
let hosts: FakeHost[]
let reachable: boolean
let link: Link

beforeEach(() => {
  vi.useFakeTimers()
  states = []
  events = []
  hosts = []
  reachable = true
  link = createLink({
    async open() {
      if (!reachable) throw new Error('nobody there')
      const host = new FakeHost()
      hosts.push(host)
      return host.channel()
    },
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  })
})

afterEach(() => {
  vi.useRealTimers()
})

const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0))
const phases = (): string[] => states.map(({ phase }) => phase)

describe('retryDelayMs', () => {
  it('doubles from 0.2 s and stays at 5 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 500].map(retryDelayMs)).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000])
  })
})

describe('createLink', () => {
  it('says hello and passes events on', async () => {
    link.start()
    await settle()
    expect(phases()).toEqual(['connected'])
    hosts[0]?.tell({ event: 'runs-changed' })
    expect(events).toEqual([{ event: 'runs-changed' }])
  })

  it('lets calls wait for the first connection', async () => {
    const call = link.api.hello()
    link.start()
    await settle()
    await expect(call).resolves.toMatchObject({ startId: 'one' })
  })

  it('rejects what is under way when the connection closes, and connects again by itself', async () => {
    link.start()
    await settle()
    const call = link.api.listScenarios()
    queueMicrotask(() => hosts[0]?.die())
    await expect(call).rejects.toMatchObject({ details: { code: 'disconnected', retryable: true } })
    await expect(link.api.listRuns({})).rejects.toMatchObject({ details: { code: 'disconnected' } })
    await vi.advanceTimersByTimeAsync(retryDelayMs(1))
    expect(phases()).toEqual(['connected', 'lost', 'connected'])
    expect(hosts).toHaveLength(2)
  })

  it('waits longer after every failure, and starts anew at once when asked', async () => {
    reachable = false
    link.start()
    await settle()
    await vi.advanceTimersByTimeAsync(200 + 400 + 800)
    expect(phases()).toEqual(['lost', 'lost', 'lost', 'lost'])
    const last = states.at(-1)
    expect(last?.phase === 'lost' && last.retryAtMs - Date.now()).toBe(1600)
    reachable = true
    link.start()
    await settle()
    expect(phases().at(-1)).toBe('connected')
  })

  it('gives up on a host that does not say hello', async () => {
    link = createLink({
      async open() {
        const host = new FakeHost()
        host.answers = false
        return host.channel()
      },
      onState: (state) => states.push(state),
      onEvent: () => {},
    })
    link.start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(phases()).toEqual(['lost'])
  })

  it('counts a dropped connection as lost', async () => {
    link.start()
    await settle()
    link.drop()
    link.drop()
    expect(phases()).toEqual(['connected', 'lost'])
  })
})
