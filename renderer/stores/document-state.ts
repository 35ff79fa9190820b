/** State of the scenario that is being worked on, and everything that may be done to it. */
import type { StateCreator } from 'zustand'
import type { HostApi } from '../../host/contract/host-api.ts'
import type { HostErrorDetails } from '../../host/contract/host-error.ts'
import { HostError } from '../../host/contract/host-error.ts'
import type { CanvasLayout, ScenarioDocument } from '../../host/contract/scenario-library.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Analysis } from './document-analysis.ts'
import { analysed, emptyAnalysis, extendsIn } from './document-analysis.ts'
import type { Bases } from './document-analysis.ts'
import type { History, Snapshot } from './document-history.ts'
import { emptyHistory, recorded, redoLabel, redone, undoLabel, undone } from './document-history.ts'
import { overridden, reverted } from './document-overrides.ts'
import type { DocumentPath } from './document-path.ts'
import type { UnsavedCopy } from './document-recovery.ts'
import { dropCopy, findCopy } from './document-recovery.ts'
import { language } from './document-language.ts'
import { renamed } from './document-rename.ts'
import type { SavedState, SavingWorld } from './document-saving.ts'
import { DocumentSaver } from './document-saving.ts'

/** One of several changes that make one step: undefined removes. */
export interface DocumentChange {
  readonly path: DocumentPath
  readonly value: JsonValue | undefined
}

/** What the document store needs of the world. */
export interface DocumentWorld extends SavingWorld {
  readonly host: Pick<HostApi, 'hello' | 'readScenario' | 'saveScenario' | 'scenarioBases'>
}

/** What is known of the document. `value`, `own`, `base`, `parsed`, `problems` and `isBroken`: see Analysis. */
export interface DocumentFacts extends Analysis {
  /** The scenario in the library; null before one is opened. */
  readonly id: string | null
  readonly phase: 'none' | 'loading' | 'ready' | 'failed'
  /** Why it could not be opened. */
  readonly openError: HostErrorDetails | null
  readonly fileName: string
  /** What the library calls it; the text's own `name`. */
  readonly name: string
  readonly text: string
  readonly layout: CanvasLayout
  readonly saved: SavedState
  /** Edits of an earlier page that never reached the host, until the user keeps or discards them. */
  readonly recovered: UnsavedCopy | null
  /** `services/catalog`, or a part of it such as `services/catalog/endpoints/get_product`. */
  readonly selection: string | null
  /** Whether the selection followed the cursor of the text editor, which then must not jump after it. */
  readonly selectedBy: 'editor' | 'other'
  /** Counts selections, so that selecting the same thing again can be seen. */
  readonly selections: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What undo would take back and redo would do again: `Change replicas of catalog`; null for nothing. */
  readonly undoLabel: string | null
  readonly redoLabel: string | null
}

/** What may be done to the document. Nothing changes while it is read-only; fields do not while the text is broken. */
export interface DocumentActions {
  /** Opens a scenario of the library; does nothing when it is open already. */
  readonly open: (id: string) => Promise<void>
  /** A new text. Changes of one `kind` that follow each other quickly are one step of undo. */
  readonly replaceText: (text: string, label: string, kind?: string) => void
  /** Changes one value, keeping comments and layout of the rest; undefined removes it (`null` where a base has it). */
  readonly change: (path: DocumentPath, value: JsonValue | undefined, label: string) => void
  /** Several changes, in order, as one step. */
  readonly changeAll: (changes: readonly DocumentChange[], label: string) => void
  /** Takes away what this text says over its base at a path. */
  readonly revert: (path: DocumentPath, label: string) => void
  /** Renames an entry, or a member of one when `path` is longer, with everything that refers to it. */
  readonly rename: (path: DocumentPath, newName: string) => void
  /** New positions of some nodes; the others stay. `joinsLast` makes it part of the last step of undo. */
  readonly moveNodes: (moved: CanvasLayout, label?: string, joinsLast?: boolean) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly select: (selection: string | null, by?: 'editor' | 'other') => void
  /** Saves now: true once the host has everything. */
  readonly flush: () => Promise<boolean>
  /** After a conflict: takes the other version, as an edit that undo takes back. */
  readonly takeTheirs: () => Promise<void>
  /** After a conflict: saves this version over the other. */
  readonly keepMine: () => Promise<void>
  readonly keepRecovered: () => void
  readonly discardRecovered: () => void
  /** The host says that somebody saved a scenario. */
  readonly noticeSaved: (id: string, revision: number) => void
}

export type DocumentState = DocumentFacts & DocumentActions

/** Typing rests this long before the text is parsed, in ms. */
const PARSE_AFTER_MS = 120

const nothingOpen: DocumentFacts = {
  ...emptyAnalysis,
  id: null,
  phase: 'none',
  openError: null,
  fileName: '',
  name: '',
  text: '',
  layout: {},
  saved: { state: 'saved', atMs: null },
  recovered: null,
  selection: null,
  selectedBy: 'other',
  selections: 0,
  canUndo: false,
  canRedo: false,
  undoLabel: null,
  redoLabel: null,
}

/** The state, to be given to zustand's `create`. */
export function documentState(world: DocumentWorld): StateCreator<DocumentState> {
  return (set, get) => {
    const document = new OpenDocument(world, set, get)
    return { ...nothingOpen, ...document.actions() }
  }
}

type SetState = (partial: Partial<DocumentFacts>) => void

/** What stands behind the state: history, bases, timers. */
class OpenDocument {
  readonly #world: DocumentWorld
  readonly #set: SetState
  readonly #get: () => DocumentState
  readonly #saver: DocumentSaver
  #history: History = emptyHistory
  #bases: Bases = {}
  /** The `extends` that the bases were fetched for. */
  #basesFor: string | undefined
  #cancelParse: () => void = () => undefined

  constructor(world: DocumentWorld, set: SetState, get: () => DocumentState) {
    this.#world = world
    this.#set = set
    this.#get = get
    this.#saver = new DocumentSaver(world, (saved) => set({ saved }))
  }

  actions(): DocumentActions {
    return {
      open: (id) => this.#open(id),
      replaceText: (text, label, kind = label) => this.#edit({ text }, label, kind, 'later'),
      change: (path, value, label) => this.#changeAll([{ path, value }], label),
      changeAll: (changes, label) => this.#changeAll(changes, label),
      revert: (path, label) => this.#editText(label, label, (text) => reverted(text, path)),
      rename: (path, newName) => this.#rename(path, newName),
      moveNodes: (moved, label = 'Move on the canvas', joinsLast = false) => this.#move(moved, label, joinsLast),
      undo: () => this.#travel(undone(this.#history)),
      redo: () => this.#travel(redone(this.#history)),
      select: (selection, by = 'other') =>
        this.#set({ selection, selectedBy: by, selections: this.#get().selections + 1 }),
      flush: () => this.#saver.flush(),
      takeTheirs: () => this.#takeTheirs(),
      keepMine: () => this.#keepMine(),
      keepRecovered: () => this.#keepRecovered(),
      discardRecovered: () => this.#discardRecovered(),
      noticeSaved: (id, revision) => this.#noticeSaved(id, revision),
    }
  }

  async #open(id: string): Promise<void> {
    const { id: openId, phase } = this.#get()
    if (id === openId && phase !== 'failed') return
    await this.#saver.flush()
    this.#cancelParse()
    this.#set({ ...nothingOpen, id, phase: 'loading' })
    try {
      const [read, info] = await Promise.all([this.#world.host.readScenario(id), this.#world.host.hello()])
      if (this.#get().id === id) this.#opened(read, info.readOnlyReason)
    } catch (error) {
      if (this.#get().id === id) this.#set({ phase: 'failed', openError: detailsOf(error) })
    }
  }

  #opened(read: ScenarioDocument, readOnlyReason: string | null): void {
    const { id, fileName, name, text, layout, revision } = read
    const copy = findCopy(this.#world.storage, id)
    const isNews = copy !== null && copy.text !== text
    if (copy !== null && !isNews) dropCopy(this.#world.storage, id)
    this.#history = emptyHistory
    this.#bases = {}
    this.#basesFor = undefined
    this.#saver.open(id, revision, { text, layout }, readOnlyReason)
    this.#set({ fileName, name, text, layout, recovered: isNews ? copy : null, ...this.#historyFacts() })
    this.#parseNow()
    // Without its bases a scenario looks broken; it is shown once they are here.
    if (extendsIn(text) === undefined) this.#set({ phase: 'ready' })
  }

  #snapshot(): Snapshot {
    const { text, layout } = this.#get()
    return { text, layout }
  }

  /** Makes a change: remembers it, saves it, and has it parsed. */
  #edit(changed: Partial<Snapshot>, label: string, kind: string, parse: 'now' | 'later' | 'never'): void {
    const { phase, saved } = this.#get()
    const before = this.#snapshot()
    const after: Snapshot = { ...before, ...changed }
    if (phase !== 'ready' || saved.state === 'read-only') return
    if (after.text === before.text && after.layout === before.layout) return
    this.#history = recorded(this.#history, before, after, { label, kind, atMs: this.#world.nowMs() })
    this.#show(after, parse)
  }

  #show(snapshot: Snapshot, parse: 'now' | 'later' | 'never'): void {
    this.#set({ ...snapshot, ...this.#historyFacts() })
    this.#saver.changed(snapshot)
    this.#cancelParse()
    if (parse === 'now') this.#parseNow()
    if (parse === 'later') this.#cancelParse = this.#world.later(() => this.#parseNow(), PARSE_AFTER_MS)
  }

  #move(moved: CanvasLayout, label: string, joinsLast: boolean): void {
    const kind = (joinsLast ? this.#history.done.at(-1)?.kind : undefined) ?? label
    this.#edit({ layout: { ...this.#get().layout, ...moved } }, label, kind, 'never')
  }

  /** A change of the text by the interface; impossible while the text is broken. */
  #editText(label: string, kind: string, edit: (text: string, analysis: Analysis) => string): void {
    const state = this.#get()
    const analysis = this.#upToDate()
    if (analysis.isBroken) return
    this.#edit({ text: edit(state.text, analysis) }, label, kind, 'now')
  }

  #changeAll(changes: readonly DocumentChange[], label: string): void {
    // Only changes of the same places melt into one step: adding two services stays two steps.
    const kind = JSON.stringify([label, ...changes.map(({ path }) => path)])
    this.#editText(label, kind, (text, analysis) =>
      changes.reduce((edited, { path, value }) => overridden(edited, analysis.base, path, value), text),
    )
  }

  #rename(path: DocumentPath, newName: string): void {
    const oldName = path.at(-1)
    if (typeof oldName !== 'string' || oldName === newName) return
    const { layout, selection } = this.#get()
    const analysis = this.#upToDate()
    if (analysis.isBroken) return
    const result = renamed(
      language,
      { text: this.#get().text, value: analysis.value, own: analysis.own, base: analysis.base, layout, selection },
      path,
      newName,
    )
    this.#edit({ text: result.text, layout: result.layout }, `Rename ${oldName} to ${newName}`, 'rename', 'now')
    this.#set({ selection: result.selection })
  }

  #travel(step: { readonly history: History; readonly snapshot: Snapshot } | undefined): void {
    if (step === undefined || this.#get().saved.state === 'read-only') return
    this.#history = step.history
    this.#show(step.snapshot, 'now')
  }

  #historyFacts(): Pick<DocumentFacts, 'canUndo' | 'canRedo' | 'undoLabel' | 'redoLabel'> {
    const undo = undoLabel(this.#history)
    const redo = redoLabel(this.#history)
    return { canUndo: undo !== null, canRedo: redo !== null, undoLabel: undo, redoLabel: redo }
  }

  /** What the present text means, even when typing has not rested yet. */
  #upToDate(): Analysis {
    this.#cancelParse()
    this.#parseNow()
    return this.#get()
  }

  #parseNow(): void {
    const state = this.#get()
    const base = extendsIn(state.text)
    if (base !== this.#basesFor) void this.#fetchBases(base)
    const analysis = analysed(state.text, state.fileName, this.#bases, state)
    this.#set({ ...analysis, name: nameIn(analysis.value) ?? state.name })
  }

  async #fetchBases(base: string | undefined): Promise<void> {
    this.#basesFor = base
    const { id, text } = this.#get()
    const bases = base === undefined ? {} : await this.#world.host.scenarioBases(text).catch(() => undefined)
    if (this.#get().id !== id || this.#basesFor !== base) return
    // A lost connection is no answer: the next change asks again.
    if (bases === undefined) this.#basesFor = undefined
    else this.#bases = bases
    const state = this.#get()
    this.#set({ phase: 'ready', ...analysed(state.text, state.fileName, this.#bases, state) })
  }

  async #takeTheirs(): Promise<void> {
    const { id } = this.#get()
    if (id === null) return
    const theirs = await this.#world.host.readScenario(id)
    const before = this.#snapshot()
    const after = { text: theirs.text, layout: theirs.layout }
    const change = { label: 'Take the other version', kind: 'theirs', atMs: this.#world.nowMs() }
    this.#history = recorded(this.#history, before, after, change)
    dropCopy(this.#world.storage, id)
    this.#saver.open(id, theirs.revision, after, null)
    this.#set({ ...after, ...this.#historyFacts() })
    this.#parseNow()
  }

  async #keepMine(): Promise<void> {
    const { id } = this.#get()
    if (id === null) return
    const theirs = await this.#world.host.readScenario(id)
    await this.#saver.keepMine(theirs.revision)
  }

  #keepRecovered(): void {
    const { recovered } = this.#get()
    if (recovered === null) return
    this.#set({ recovered: null })
    this.#edit({ text: recovered.text, layout: recovered.layout }, 'Keep recovered edits', 'recovered', 'now')
  }

  #discardRecovered(): void {
    const { id } = this.#get()
    this.#set({ recovered: null })
    if (id !== null) dropCopy(this.#world.storage, id)
  }

  #noticeSaved(id: string, revision: number): void {
    const state = this.#get()
    if (state.phase !== 'ready') return
    if (id === state.id) {
      if (this.#saver.noticed(revision)) void this.#takeTheirs().catch(() => undefined)
    } else if (this.#basesFor !== undefined) {
      void this.#fetchBases(this.#basesFor)
    }
  }
}

function nameIn(value: JsonValue): string | undefined {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value['name'] : undefined
  return typeof name === 'string' && name.trim() !== '' ? name : undefined
}

function detailsOf(error: unknown): HostErrorDetails {
  if (error instanceof HostError) return error.details
  return { code: 'internal', message: 'The scenario could not be opened.', hint: 'Try again.', retryable: true }
}
