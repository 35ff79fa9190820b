/** Figures that matter by run: the value in each cell, coloured by how far it certainly is from the baseline's. */
import type { StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { changeWords } from '../../../sim-core/analysis/figure-words.ts'
import { figureWords } from '../../widgets/figure-text.ts'
import { FigureLabel } from './FigureLabel.tsx'
import { unitOfFigure } from './figure-units.ts'
import type { HeatCell } from './heat-cells.ts'
import { heatRows } from './heat-cells.ts'
import styles from './HeatMap.module.css'
import { RunMark } from './RunMark.tsx'
import { comparisonWords } from './verdict-words.ts'

/** Share of the colour in a cell, in per cent: of the least difference, and of the largest, on which text is still easy to read. */
const WEAKEST = 12
const STRONGEST = 46

export interface HeatMapProps {
  readonly comparison: StudyComparison
}

export function HeatMap({ comparison }: HeatMapProps) {
  return (
    <section className={styles['panel']} aria-label="Figures by run">
      <h2 className={styles['title']}>
        Figures by run
        <span className={styles['legend']}>
          <span className={styles['key']} style={colourOf(-1)} /> worse than {comparison.studies[0]?.label}
          <span className={styles['key']} style={colourOf(1)} /> better; grey: the same, or cannot be told
        </span>
      </h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {comparison.studies.map(({ label }) => (
              <th key={label} scope="col">
                <RunMark label={label} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heatRows(comparison).map(({ id, subject, figure, cells }) => (
            <tr key={id}>
              <th scope="row">
                <FigureLabel figure={{ subject, figure }} />
              </th>
              {cells.map((cell) => (
                <td key={cell.label} style={colourOf(cell.heat)} title={cell.comparison?.reason}>
                  {figureWords(cell.value.mean, unitOfFigure(figure))}
                  <span className={styles['change']}>{changeOf(cell)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function changeOf({ comparison }: HeatCell): string {
  if (comparison === null) return 'baseline'
  const { verdict, relative } = comparison
  const { sign, word } = comparisonWords(verdict)
  if (verdict === 'same' || verdict === 'cannot_tell' || relative.mean === null) return `${sign} ${word}`
  return `${sign} ${changeWords(relative.mean, null)}`
}

/** Blue is better, orange is worse: both can be told apart without seeing red and green. */
function colourOf(heat: number): { readonly background: string } | undefined {
  if (heat === 0) return undefined
  const colour = heat > 0 ? 'var(--compare-better)' : 'var(--compare-worse)'
  const percent = Math.round(WEAKEST + (STRONGEST - WEAKEST) * Math.abs(heat))
  return { background: `color-mix(in srgb, ${colour} ${percent}%, transparent)` }
}
