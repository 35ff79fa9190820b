/** Autosave: hands every change to the host within a second, and keeps a copy in the browser until the host has it. */
import type { HostApi } from '../../host/contract/host-api.ts'
import { HostError } from '../../host/contract/host-error.ts'
import type { Snapshot } from './document-history.ts'
import type { CopyStorage } from './document-recovery.ts'
import { dropCopy, keepCopy } from './document-recovery.ts'

/** How safe the text is. */
export interface SavedState {
  readonly state: 'saved' | 'saving' | 'unsaved' | 'failed' | 'read-only' | 'conflict'
  /** When the host last took a text, in ms since 1970; null when it has not since the scenario was opened. */
  readonly atMs: number | null
  /** Why it is not saved, and what to do; absent while all is well. */
  readonly message?: string
  readonly hint?: string
}

/** What saving needs of the world. */
export interface SavingWorld {
  readonly host: Pick<HostApi, 'saveScenario'>
  readonly storage: CopyStorage
  readonly nowMs: () => number
  /** Does something later; the answer takes that back. */
  readonly later: (action: () => void, afterMs: number) => () => void
}

/** How long typing may pause before it is saved, in ms. */
const SAVE_AFTER_MS = 500

/** How long continuous typing may go unsaved, in ms. */
const SAVE_AT_LATEST_MS = 900

/** First and longest pause before a failed save is tried again, in ms. */
const RETRY_FIRST_MS = 1_000
const RETRY_MOST_MS = 15_000

const CONFLICT_WORDS = {
  message: 'This scenario was changed in another window.',
  hint: 'Take that version, or keep yours and replace it. The other one stays in the history.',
}

/** Saves one open scenario. */
export class DocumentSaver {
  readonly #world: SavingWorld
  readonly #onState: (saved: SavedState) => void
  #id = ''
  #revision = 0
  /** The highest revision anyone told of. */
  #newestRevision = 0
  #current: Snapshot = { text: '', layout: {} }
  #kept: Snapshot = this.#current
  #saved: SavedState = { state: 'saved', atMs: null }
  #underWay: Promise<boolean> | null = null
  #cancelTimer: () => void = () => undefined
  #unsavedSinceMs: number | null = null
  #failures = 0

  constructor(world: SavingWorld, onState: (saved: SavedState) => void) {
    this.#world = world
    this.#onState = onState
  }

  /** Begins anew with what the host has. */
  open(id: string, revision: number, kept: Snapshot, readOnlyReason: string | null): void {
    this.#cancelTimer()
    this.#id = id
    this.#revision = revision
    this.#newestRevision = revision
    this.#current = kept
    this.#kept = kept
    this.#failures = 0
    this.#underWay = null
    this.#unsavedSinceMs = null
    this.#tell(
      readOnlyReason === null
        ? { state: 'saved', atMs: null }
        : { state: 'read-only', atMs: null, message: readOnlyReason, hint: 'You can look and run, but not change.' },
    )
  }

  /** Whether everything is with the host. */
  get isClean(): boolean {
    return this.#current === this.#kept && this.#underWay === null
  }

  /** Takes a new state of the scenario. */
  changed(snapshot: Snapshot): void {
    this.#current = snapshot
    if (snapshot.text === this.#kept.text && snapshot.layout === this.#kept.layout && this.#underWay === null) {
      this.#allKept()
      return
    }
    this.#unsavedSinceMs ??= this.#world.nowMs()
    keepCopy(this.#world.storage, this.#id, { ...snapshot, atMs: this.#world.nowMs() })
    if (this.#saved.state === 'conflict' || this.#saved.state === 'read-only') return
    if (this.#saved.state !== 'failed') this.#tell({ state: 'unsaved', atMs: this.#saved.atMs })
    const waitedMs = this.#world.nowMs() - this.#unsavedSinceMs
    this.#schedule(Math.max(0, Math.min(SAVE_AFTER_MS, SAVE_AT_LATEST_MS - waitedMs)))
  }

  /** Saves now. True once the host has everything; false when it cannot be had. */
  async flush(): Promise<boolean> {
    this.#cancelTimer()
    while (this.#current !== this.#kept) {
      if (this.#saved.state === 'conflict') return false
      // Saves go one after the other: each builds on the revision of the one before.
      if (!(await this.#attempt())) return false
    }
    return true
  }

  /** Somebody saved `revision`. True when that was another window and nothing here is unsaved. */
  noticed(revision: number): boolean {
    this.#newestRevision = Math.max(this.#newestRevision, revision)
    if (this.#underWay !== null || this.#newestRevision <= this.#revision) return false
    if (this.isClean) return true
    this.#conflict()
    return false
  }

  /** Goes on from another revision with the text of this window. */
  async keepMine(revision: number): Promise<boolean> {
    this.#revision = revision
    this.#newestRevision = Math.max(this.#newestRevision, revision)
    this.#tell({ state: 'unsaved', atMs: this.#saved.atMs })
    return this.flush()
  }

  #schedule(afterMs: number): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#world.later(() => void this.flush(), afterMs)
  }

  #attempt(): Promise<boolean> {
    this.#underWay ??= this.#save(this.#id, this.#current).finally(() => {
      this.#underWay = null
    })
    return this.#underWay
  }

  async #save(id: string, snapshot: Snapshot): Promise<boolean> {
    if (this.#failures === 0) this.#tell({ state: 'saving', atMs: this.#saved.atMs })
    try {
      const { revision, savedMs } = await this.#world.host.saveScenario({
        id,
        ...snapshot,
        baseRevision: this.#revision,
      })
      if (id === this.#id) this.#acknowledged(snapshot, revision, savedMs)
      return true
    } catch (error) {
      if (id === this.#id) this.#failed(error)
      return false
    }
  }

  #acknowledged(snapshot: Snapshot, revision: number, savedMs: number): void {
    this.#revision = revision
    this.#kept = snapshot
    this.#failures = 0
    this.#saved = { state: 'saved', atMs: savedMs }
    if (this.#current === snapshot) this.#allKept()
    else this.#tell({ state: 'unsaved', atMs: savedMs })
  }

  #allKept(): void {
    this.#cancelTimer()
    this.#kept = this.#current
    this.#unsavedSinceMs = null
    dropCopy(this.#world.storage, this.#id)
    this.#tell({ state: 'saved', atMs: this.#saved.atMs })
  }

  #failed(error: unknown): void {
    const details = error instanceof HostError ? error.details : undefined
    if (details?.code === 'conflict') {
      this.#conflict()
      return
    }
    const words = {
      message: details?.message ?? 'The scenario could not be saved.',
      hint: details?.hint ?? 'Your edits are kept in this window, and saving is tried again.',
    }
    this.#failures += 1
    this.#tell({ state: details?.code === 'read-only' ? 'read-only' : 'failed', atMs: this.#saved.atMs, ...words })
    this.#schedule(Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** Math.min(this.#failures - 1, 8)))
  }

  #conflict(): void {
    this.#cancelTimer()
    this.#tell({ state: 'conflict', atMs: this.#saved.atMs, ...CONFLICT_WORDS })
  }

  #tell(saved: SavedState): void {
    this.#saved = saved
    this.#onState(saved)
  }
}
