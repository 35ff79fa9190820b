/** The text of the scenario, in step with everything else. */
import { useEffect, useRef } from 'react'
import { language } from '../../stores/document-language.ts'
import { isMapValue, pathOfSelection, selectionOf, valueAt } from '../../stores/document-path.ts'
import { useDocument } from '../../stores/document-store.ts'
import { offersAt } from './completions.ts'
import { pathAtOffset, rangeOfPath } from './cursor-path.ts'
import { useDesign } from './design-store.ts'
import type { YamlEditor } from './yaml-editor.ts'
import { mountEditor } from './yaml-editor.ts'
import styles from './YamlPane.module.css'

export function YamlPane() {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<YamlEditor | null>(null)
  const text = useDocument((state) => state.text)
  const problems = useDocument((state) => state.problems)
  const fileName = useDocument((state) => state.fileName)
  const isReadOnly = useDocument((state) => state.saved.state === 'read-only')
  const selections = useDocument((state) => state.selections)
  const revealed = useDesign((state) => state.revealed)

  useEffect(() => {
    if (box.current === null) return undefined
    const mounted = mountEditor(box.current, useDocument.getState().text, styleNonce(), handlers)
    editor.current = mounted
    return () => {
      editor.current = null
      mounted.destroy()
    }
  }, [])
  useEffect(() => editor.current?.setText(text), [text])
  useEffect(() => editor.current?.setProblems(problems, fileName), [problems, fileName])
  useEffect(() => editor.current?.setReadOnly(isReadOnly), [isReadOnly])
  useEffect(() => {
    const { selection, selectedBy, value, text: whole } = useDocument.getState()
    if (selections === 0 || selectedBy === 'editor' || selection === null) return
    const range = rangeOfPath(whole, pathOfSelection(selection, value))
    if (range !== undefined) editor.current?.reveal(range)
  }, [selections])
  useEffect(() => {
    if (revealed !== null) editor.current?.goTo(revealed.line, revealed.column)
  }, [revealed])

  return <div ref={box} className={styles['pane']} />
}

/** Edits of one burst of typing are one step of undo. */
const TYPING = 'typing'

const handlers = {
  onText: (text: string) => useDocument.getState().replaceText(text, 'Edit text', TYPING),
  onCursor: (offset: number) => {
    const { text, value, select, selection } = useDocument.getState()
    const path = pathAtOffset(text, offset)
    // A whole form is more use beside the text than the one field whose value is being typed.
    const length = path.findLastIndex((_, index) => isMapValue(valueAt(value, path.slice(0, index + 1)))) + 1
    const found = selectionOf(path.slice(0, length))
    if (found !== '' && found !== selection) select(found, 'editor')
  },
  onUndo: () => useDocument.getState().undo(),
  onRedo: () => useDocument.getState().redo(),
  offers: (context: Parameters<typeof offersAt>[2]) => offersAt(language, useDocument.getState().value, context),
}

/** The nonce that the content security policy of this page allows styles by. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}
