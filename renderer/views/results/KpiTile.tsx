/** A figure that everybody asks for first, with its interval and its objective. */
import { QualityMark } from '../../charts/ChartHead.tsx'
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'
import { EstimateFigure } from './EstimateFigure.tsx'
import styles from './KpiTile.module.css'
import { standing, targetWords } from './objective-words.ts'
import type { ResultQuality } from './result-quality.ts'
import type { Tile } from './overview-model.ts'

export interface KpiTileProps {
  readonly tile: Tile
  readonly quality: ResultQuality
}

export function KpiTile({ tile: { label, unit, estimate, objective, help }, quality }: KpiTileProps) {
  const held = objective === null || objective === undefined ? null : standing(objective.pass)
  return (
    <li className={styles['tile']}>
      <span className={styles['label']} title={help}>
        {label}
        <QualityMark words={estimate.mean === null ? '' : markOf(estimate, quality)} />
      </span>
      <span className={styles['figure']}>
        <EstimateFigure estimate={estimate} unit={unit} />
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

/** What must be known of this figure; why it has no interval comes first. */
function markOf({ low }: Estimate, { single, unconverged }: ResultQuality): string {
  if (single && low === null) return 'single run'
  return unconverged ? 'not converged' : ''
}
