/** Colours and sizes of the text editor, from the tokens of the theme, so that it follows light and dark by itself. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import type { DecorationSet, ViewUpdate } from '@codemirror/view'
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--hr-code-key)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--hr-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--hr-code-value)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--hr-text-dim)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: 'var(--hr-text-dim)' },
  { tag: [tags.labelName, tags.typeName, tags.meta], color: 'var(--hr-accent-text)' },
])

/** `lognormal(mean 2ms, p99 9ms)`: YAML's own colours would take what follows the comma for a key. */
const terms = new MatchDecorator({
  regexp: /\b[a-z_]\w*\([^()\n"']*\)/gu,
  decoration: Decoration.mark({ class: 'cm-term' }),
})

/** Shows terms as the one value that they are. */
export const plainTerms: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = terms.createDeco(view)
    }
    update(update: ViewUpdate): void {
      this.decorations = terms.updateDeco(update, this.decorations)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

const look = EditorView.theme({
  '.cm-term, .cm-term *': { color: 'var(--hr-code-value)' },
  '&': { height: '100%', fontSize: '13px', color: 'var(--hr-text)', backgroundColor: 'var(--hr-surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--hr-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--hr-text)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--hr-surface)', color: 'var(--hr-text-dim)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 4px 0 8px' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 4px', cursor: 'pointer' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hr-code-line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--hr-code-selection)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--hr-surface-selected)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--hr-code-selection)', outline: 'none' },
  '.cm-foldPlaceholder': {
    padding: '0 6px',
    border: '1px solid var(--hr-border)',
    backgroundColor: 'var(--hr-surface-sunken)',
    color: 'var(--hr-text-dim)',
  },
  '.cm-panels': { backgroundColor: 'var(--hr-surface-raised)', color: 'var(--hr-text)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--hr-border)' },
  '.cm-panel.cm-search': { padding: '8px 32px 8px 8px', fontSize: '13px' },
  '.cm-panel.cm-search label': { fontSize: '12px', display: 'inline-flex', alignItems: 'center', gap: '2px' },
  '.cm-textfield': {
    padding: '3px 8px',
    border: '1px solid var(--hr-border-strong)',
    borderRadius: '4px',
    backgroundColor: 'var(--hr-surface)',
    color: 'var(--hr-text)',
    fontSize: '13px',
  },
  '.cm-button': {
    padding: '3px 8px',
    border: '1px solid var(--hr-border-strong)',
    borderRadius: '4px',
    background: 'var(--hr-surface)',
    color: 'var(--hr-text)',
    fontSize: '12px',
  },
  '.cm-panel.cm-search [name=close]': { top: '6px', right: '8px', fontSize: '18px', color: 'var(--hr-text-dim)' },
  '.cm-tooltip': {
    border: '1px solid var(--hr-border)',
    borderRadius: '6px',
    backgroundColor: 'var(--hr-surface-raised)',
    color: 'var(--hr-text)',
    boxShadow: 'var(--hr-shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '260px',
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '13px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '18px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--hr-surface-selected)',
    color: 'var(--hr-text)',
  },
  '.cm-completionMatchedText': { color: 'var(--hr-accent-text)', textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--hr-text-dim)', fontStyle: 'normal', fontSize: '12px' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '8px 10px', fontSize: '12px', lineHeight: '16px' },
  '.cm-diagnostic': { padding: '6px 10px', whiteSpace: 'pre-wrap', fontSize: '12px', lineHeight: '16px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--hr-red)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--hr-amber)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--hr-red)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--hr-amber)',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker': { width: '8px', height: '8px', margin: '6px 4px', borderRadius: '50%', content: '""' },
  '.cm-lint-marker-error': { backgroundColor: 'var(--hr-red)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--hr-amber)' },
})

export const editorLook: Extension = [look, syntaxHighlighting(highlight)]
