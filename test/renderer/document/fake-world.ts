// A host and a clock for the document store that a test holds in its hands.
import { createStore } from 'zustand/vanilla'
import { HostError } from '../../../host/contract/host-error.ts'
import type { HostErrorDetails } from '../../../host/contract/host-error.ts'
import type { HostInfo } from '../../../host/contract/host-api.ts'
import type { ScenarioDocument, ScenarioSave } from '../../../host/contract/scenario-library.ts'
import { documentState } from '../../../renderer/stores/document-state.ts'

/** One scenario on a host, with switches for what can go wrong. */
export class FakeWorld {
  readonly saves: ScenarioSave[] = []
  readonly kept = new Map<string, string>()
  readonly bases: Record<string, string> = {}
  scenario: ScenarioDocument
  failure: HostErrorDetails['code'] | null = null
  readOnlyReason: string | null = null
  nowMs = 1_000_000
  #timers: { readonly atMs: number; readonly action: () => void }[] = []

  constructor(text: string) {
    this.scenario = {
      id: 's1',
      fileName: 'shop.yaml',
      name: 'Shop',
      text,
      layout: {},
      revision: 1,
      updatedMs: 0,
      tags: [],
      notes: '',
    }
  }

  /** A page: a store of its own over this host and this browser storage. */
  page() {
    return createStore(
      documentState({
        host: {
          hello: async () => ({ readOnlyReason: this.readOnlyReason }) as HostInfo,
          readScenario: async () => this.scenario,
          scenarioBases: async () => this.bases,
          saveScenario: async (save) => this.#save(save),
        },
        storage: {
          getItem: (key) => this.kept.get(key) ?? null,
          setItem: (key, value) => void this.kept.set(key, value),
          removeItem: (key) => void this.kept.delete(key),
        },
        nowMs: () => this.nowMs,
        later: (action, afterMs) => {
          const timer = { atMs: this.nowMs + afterMs, action }
          this.#timers.push(timer)
          return () => {
            this.#timers = this.#timers.filter((other) => other !== timer)
          }
        },
      }),
    )
  }

  /** Lets time pass, and what is due happen. */
  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= end).toSorted((a, b) => a.atMs - b.atMs)[0]
      if (due === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.nowMs = Math.max(this.nowMs, due.atMs)
      due.action()
      await settled()
    }
    this.nowMs = end
    await settled()
  }

  /** Somebody else saves a text. */
  saveElsewhere(text: string): number {
    this.scenario = { ...this.scenario, text, revision: this.scenario.revision + 1 }
    return this.scenario.revision
  }

  #save(save: ScenarioSave) {
    const code = save.baseRevision === this.scenario.revision ? this.failure : 'conflict'
    if (code !== null) throw new HostError({ code, message: `not kept: ${code}`, hint: 'wait', retryable: true })
    this.saves.push(save)
    this.scenario = { ...this.scenario, text: save.text, layout: save.layout, revision: this.scenario.revision + 1 }
    return { revision: this.scenario.revision, savedMs: this.nowMs }
  }
}

/** Every promise that is ready has been followed. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
