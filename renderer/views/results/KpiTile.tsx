/** A figure that everybody asks for first, with its interval and its objective. */
import { EstimateFigure } from './EstimateFigure.tsx'
import styles from './KpiTile.module.css'
import { standing, targetWords } from './objective-words.ts'
import type { Tile } from './overview-model.ts'

export interface KpiTileProps {
  readonly tile: Tile
  readonly single: boolean
}

export function KpiTile({ tile: { label, unit, estimate, objective, help }, single }: KpiTileProps) {
  const held = objective === null || objective === undefined ? null : standing(objective.pass)
  return (
    <li className={styles['tile']}>
      <span className={styles['label']} title={help}>
        {label}
      </span>
      <span className={styles['figure']}>
        <EstimateFigure estimate={estimate} unit={unit} single={single} />
      </span>
      {objective === null && <span className={styles['objective']}>no objective</span>}
      {objective !== null && objective !== undefined && held !== null && (
        <span className={styles['objective']}>
          <span>{targetWords(objective)}</span>
          <span className={styles['standing']} data-tone={held.tone}>
            {held.sign} {held.word}
          </span>
        </span>
      )}
    </li>
  )
}
