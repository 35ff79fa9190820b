/** The system that would run, as it is written. */
import { useMemo, useState } from 'react'
import { TopologyCanvas } from '../../canvas/TopologyCanvas.tsx'
import { topologyOf } from '../../canvas/topology.ts'
import { language } from '../../stores/document-language.ts'
import { useDocument } from '../../stores/document-store.ts'
import styles from './IdleCanvas.module.css'

export function IdleCanvas() {
  const value = useDocument((state) => state.value)
  const layout = useDocument((state) => state.layout)
  const [selection, setSelection] = useState<string | null>(null)
  const topology = useMemo(() => topologyOf(language, value), [value])
  return (
    <div className={styles['canvas']}>
      <TopologyCanvas
        topology={topology}
        layout={layout}
        mode="edit"
        selection={selection}
        onSelect={setSelection}
        label="The system that would run"
      />
    </div>
  )
}
