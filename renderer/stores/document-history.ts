/** One undo history over everything that a user changes in a scenario: its text and the positions on the canvas. */
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'

/** What undo brings back. */
export interface Snapshot {
  readonly text: string
  readonly layout: CanvasLayout
}

/** A change, with how things were before it. */
interface HistoryStep {
  readonly label: string
  readonly before: Snapshot
  readonly after: Snapshot
  /** Changes of one kind that follow each other quickly make one step. */
  readonly kind: string
  readonly atMs: number
}

/** Changes that can be taken back, and those that were. */
export interface History {
  readonly done: readonly HistoryStep[]
  readonly undone: readonly HistoryStep[]
}

/** A change to remember. */
export interface Change {
  readonly label: string
  readonly kind: string
  readonly atMs: number
}

export const emptyHistory: History = { done: [], undone: [] }

/** Most steps that are kept. */
const MAX_STEPS = 300

/** Most characters of text that are kept for undo: large texts keep fewer steps. */
const MAX_CHARACTERS = 30_000_000

/** Changes of one kind within this time of each other are one step, in ms. */
const COALESCE_MS = 1_000

/** The history after a change; what had been undone is forgotten. */
export function recorded(history: History, before: Snapshot, after: Snapshot, change: Change): History {
  const last = history.done.at(-1)
  const joins =
    last !== undefined &&
    history.undone.length === 0 &&
    last.kind === change.kind &&
    change.atMs - last.atMs < COALESCE_MS
  const step: HistoryStep = { ...change, before: joins ? last.before : before, after }
  const done = [...(joins ? history.done.slice(0, -1) : history.done), step]
  return { done: done.slice(-keptSteps(after.text.length)), undone: [] }
}

function keptSteps(textLength: number): number {
  return Math.max(1, Math.min(MAX_STEPS, Math.floor(MAX_CHARACTERS / (textLength + 1))))
}

/** Takes the last change back; undefined when there is none. */
export function undone(history: History): { readonly history: History; readonly snapshot: Snapshot } | undefined {
  const step = history.done.at(-1)
  if (step === undefined) return undefined
  // What was typed after an undo and a redo must not melt into the step before.
  const closed = { ...step, kind: `${step.kind} undone` }
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, closed] },
    snapshot: step.before,
  }
}

/** Makes the change that was last taken back again; undefined when there is none. */
export function redone(history: History): { readonly history: History; readonly snapshot: Snapshot } | undefined {
  const step = history.undone.at(-1)
  if (step === undefined) return undefined
  return {
    history: { done: [...history.done, step], undone: history.undone.slice(0, -1) },
    snapshot: step.after,
  }
}

/** What undo would take back, in words; null for nothing. */
export function undoLabel(history: History): string | null {
  return history.done.at(-1)?.label ?? null
}

/** What redo would do again, in words; null for nothing. */
export function redoLabel(history: History): string | null {
  return history.undone.at(-1)?.label ?? null
}
