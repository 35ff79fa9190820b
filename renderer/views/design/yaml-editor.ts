/** The text editor of a scenario: CodeMirror, whose text, undo and problems are those of the document. */
import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import type { Extension, Text } from '@codemirror/state'
import { Annotation, Compartment, EditorState } from '@codemirror/state'
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Problem } from '../../../sim-core/scenario/problem.ts'
import { contextAt } from './completion-context.ts'
import type { Offer } from './completions.ts'
import type { CursorContext } from './completion-context.ts'
import type { TextRange } from './cursor-path.ts'
import { editorLook, plainTerms } from './yaml-look.ts'

/** What the editor asks and tells. */
export interface EditorHandlers {
  readonly onText: (text: string) => void
  /** The cursor rests at an offset. */
  readonly onCursor: (offset: number) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly offers: (context: CursorContext) => readonly Offer[]
}

/** An editor in the page. */
export interface YamlEditor {
  /** Shows another text, changing as little as possible, so that the cursor stays where it was. */
  setText(text: string): void
  setProblems(problems: readonly Problem[], fileName: string): void
  setReadOnly(isReadOnly: boolean): void
  /** Puts the cursor at a range and scrolls there, without taking the focus. */
  reveal(range: TextRange): void
  /** Puts the cursor at a line and column, from 1, and takes the focus. */
  goTo(line: number, column: number): void
  destroy(): void
}

/** Marks changes that come from the document, not from the keyboard. */
const fromOutside = Annotation.define<boolean>()

/** How long the cursor rests before the other panes follow it, in ms. */
const CURSOR_RESTS_MS = 120

/** Nothing shows more completions at once. */
const MAX_OFFERS = 60

/** The name of the editor for screen readers. */
const LABEL = 'Scenario as YAML'

/** Puts an editor into an element. `nonce` is that of the page's styles. */
export function mountEditor(parent: HTMLElement, text: string, nonce: string, handlers: EditorHandlers): YamlEditor {
  const writing = new Compartment()
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = EditorView.updateListener.of((update) => {
    const isOutside = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true)
    if (isOutside) return
    if (update.docChanged) handlers.onText(update.state.doc.toString())
    if (!update.selectionSet && !update.docChanged) return
    clearTimeout(timer)
    timer = setTimeout(() => handlers.onCursor(update.view.state.selection.main.head), CURSOR_RESTS_MS)
  })
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        ...basics(handlers),
        writing.of([]),
        follow,
        editorLook,
        EditorView.contentAttributes.of({ 'aria-label': LABEL, tabindex: '0' }),
      ],
    }),
  })
  return {
    setText: (next) => replaceText(view, next),
    setProblems: (problems, fileName) =>
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, problems, fileName))),
    setReadOnly: (isReadOnly) =>
      view.dispatch({ effects: writing.reconfigure(isReadOnly ? EditorState.readOnly.of(true) : []) }),
    // The cursor goes to the beginning: that line is the one to look at.
    reveal: ({ from, to }) => show(view, Math.min(to, view.state.doc.length), Math.min(from, view.state.doc.length)),
    goTo: (line, column) => {
      const offset = offsetOf(view.state.doc, line, column)
      show(view, offset, offset)
      view.focus()
    },
    destroy: () => {
      clearTimeout(timer)
      view.destroy()
    },
  }
}

function basics(handlers: EditorHandlers): readonly Extension[] {
  const undo = { run: () => done(handlers.onUndo), preventDefault: true }
  const redo = { run: () => done(handlers.onRedo), preventDefault: true }
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of('  '),
    search({ top: true }),
    yaml(),
    EditorView.lineWrapping,
    plainTerms,
    autocompletion({ override: [(context) => completionsAt(context, handlers)], maxRenderedOptions: MAX_OFFERS }),
    keymap.of([
      { key: 'Mod-z', ...undo },
      { key: 'Mod-Shift-z', ...redo },
      { key: 'Mod-y', ...redo },
      // Runs the scenario, on every screen.
      { key: 'Mod-Enter', run: () => false },
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    ]),
  ]
}

function done(action: () => void): true {
  action()
  return true
}

function completionsAt(context: CompletionContext, handlers: EditorHandlers): CompletionResult | null {
  const text = context.state.doc.toString()
  const place = contextAt(text, context.pos)
  if (place === undefined) return null
  const typed = context.matchBefore(/[\w.%/-]*$/u)
  const from = typed?.from ?? context.pos
  // Without a letter typed, values are offered behind their colon and keys only when asked for.
  if (!context.explicit && place.prefix === '' && place.expects === 'key') return null
  const options = handlers.offers(place).map(completionOf)
  return options.length === 0 ? null : { from, options, validFor: /^[\w.%/-]*$/u }
}

/** How CodeMirror names the picture of each kind of offer. */
const pictures = { key: 'property', step: 'keyword', choice: 'enum', name: 'variable', value: 'constant' } as const

function completionOf({ label, insert, kind, detail, help }: Offer): Completion {
  return {
    label,
    type: pictures[kind],
    ...(insert === undefined ? {} : { apply: insert }),
    ...(detail === undefined ? {} : { detail }),
    ...(help === undefined ? {} : { info: help }),
  }
}

/** Replaces what lies between the common beginning and the common end of both texts. */
function replaceText(view: EditorView, next: string): void {
  const before = view.state.doc.toString()
  if (before === next) return
  const shorter = Math.min(before.length, next.length)
  let from = 0
  while (from < shorter && before[from] === next[from]) from += 1
  let tail = 0
  while (tail < shorter - from && before.at(-1 - tail) === next.at(-1 - tail)) tail += 1
  const changes = view.state.changes({ from, to: before.length - tail, insert: next.slice(from, next.length - tail) })
  const anchor = changes.mapPos(view.state.selection.main.head)
  view.dispatch({ changes, selection: { anchor }, annotations: fromOutside.of(true) })
}

function show(view: EditorView, anchor: number, head: number): void {
  view.dispatch({
    selection: { anchor, head },
    effects: EditorView.scrollIntoView(head, { y: 'center' }),
    annotations: fromOutside.of(true),
  })
}

function diagnosticsOf(doc: Text, problems: readonly Problem[], fileName: string): Diagnostic[] {
  return problems
    .filter(({ file }) => file === fileName)
    .map(({ line, column, severity, message, hint }) => {
      const from = offsetOf(doc, line, column)
      const rest = doc.lineAt(from).text.slice(from - doc.lineAt(from).from)
      const word = /^(?:"[^"]*"|[^\s,:{}[\]]+)/u.exec(rest)?.[0].length ?? 1
      const to = Math.min(doc.length, from + word)
      return { from, to, severity, message: hint === '' ? message : `${message}\n${hint}` }
    })
    .toSorted((a, b) => a.from - b.from)
}

function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines))
  return Math.min(at.to, at.from + Math.max(0, column - 1))
}
