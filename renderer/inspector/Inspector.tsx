/** Shows and edits what is selected: a form made from the definitions, or the scenario's own head when nothing is. */
import { useMemo, useState } from 'react'
import { namesIn } from '../../sim-core/scenario/names.ts'
import { language } from '../stores/document-language.ts'
import { valueAt } from '../stores/document-path.ts'
import { useDocument } from '../stores/document-store.ts'
import { ControlView } from './ControlView.tsx'
import { Documentation } from './Documentation.tsx'
import { FieldHelp } from './FieldHelp.tsx'
import type { FormScope, ShownHelp } from './form-scope.ts'
import { FormScopeProvider } from './form-scope.ts'
import { inspected } from './inspected.ts'
import styles from './Inspector.module.css'
import { InspectorHeading } from './InspectorHeading.tsx'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControlProvider } from './NestedControl.tsx'
import { runDurationNs } from './load-curve-model.ts'

/** What forms do to the document. */
const editing: Pick<FormScope, 'change' | 'changeAll' | 'revert' | 'rename' | 'select' | 'undo' | 'redo'> = {
  change: (path, value, label) => useDocument.getState().change(path, value, label),
  changeAll: (changes, label) => useDocument.getState().changeAll(changes, label),
  revert: (path, label) => useDocument.getState().revert(path, label),
  rename: (path, newName) => useDocument.getState().rename(path, newName),
  undo: () => useDocument.getState().undo(),
  redo: () => useDocument.getState().redo(),
  select: (selection) => useDocument.getState().select(selection),
}

const renderControl = (props: ControlProps) => <ControlView {...props} />

/** The pane beside the canvas. Give it a height: it scrolls by itself. */
export function Inspector() {
  const phase = useDocument((state) => state.phase)
  if (phase !== 'ready') return <aside className={styles['inspector']} aria-label="Inspector" />
  return <ReadyInspector />
}

function ReadyInspector() {
  const value = useDocument((state) => state.value)
  const own = useDocument((state) => state.own)
  const base = useDocument((state) => state.base)
  const problems = useDocument((state) => state.problems)
  const selection = useDocument((state) => state.selection)
  const isBroken = useDocument((state) => state.isBroken)
  const isReadOnly = useDocument((state) => state.saved.state === 'read-only')
  const [help, showHelp] = useState<ShownHelp | null>(null)
  const shown = useMemo(
    () => inspected(language, { value, own, base }, selection, problems),
    [value, own, base, selection, problems],
  )
  const scope = useMemo((): FormScope => {
    return {
      language,
      document: { value, own, base },
      names: namesIn(value),
      problems: shown.form.problems,
      runNs: runDurationNs(valueAt(value, ['run', 'duration'])),
      isReadOnly: isReadOnly || isBroken,
      ...editing,
      showHelp,
    }
  }, [value, own, base, shown, isReadOnly, isBroken])
  const { control } = shown.form
  return (
    <FormScopeProvider value={scope}>
      <aside className={styles['inspector']} aria-label="Inspector">
        <div className={styles['scroll']}>
          <InspectorHeading shown={shown} />
          {isBroken && (
            <p className={styles['notice']}>
              The text has an error of syntax, so its fields cannot be changed here. Mend it in the YAML first.
            </p>
          )}
          {isReadOnly && <p className={styles['notice']}>This scenario is open for reading only.</p>}
          <Documentation key={shown.kind} kind={shown.kind} fallback={shown.help} />
          {/* A form of its own for every place: nothing half typed goes along to another one. */}
          <NestedControlProvider value={renderControl}>
            <ControlView key={control.pathText} control={control} depth={control.kind === 'group' ? 1 : 0} isBare />
          </NestedControlProvider>
        </div>
        <FieldHelp help={help} isReadOnly={scope.isReadOnly} />
      </aside>
    </FormScopeProvider>
  )
}
