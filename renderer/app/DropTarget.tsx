/** Files may be dropped anywhere on the window. */
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import styles from './DropTarget.module.css'
import { importFiles, readFiles } from './import-files.ts'

export function DropTarget() {
  const [hovering, setHovering] = useState(false)
  useEffect(() => {
    const withFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent): void => {
      if (!withFiles(event)) return
      event.preventDefault()
      setHovering(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false)
    }
    const drop = (event: DragEvent): void => {
      if (!withFiles(event)) return
      event.preventDefault()
      setHovering(false)
      void readFiles(event.dataTransfer?.files ?? []).then(importFiles)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  if (!hovering) return null
  return (
    <div className={styles['veil']} aria-hidden="true">
      <div className={styles['card']}>
        <IconFileImport size={32} stroke={1.4} />
        Drop scenarios (.yaml) or bundles (.headroom) to import them
      </div>
    </div>
  )
}
