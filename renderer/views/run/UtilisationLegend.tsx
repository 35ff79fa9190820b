/** What the colours of the canvas mean. */
import { UTILISATION_MARKS, utilisationStops } from '../../widgets/utilisation-ramp.ts'
import styles from './UtilisationLegend.module.css'

/** Colours that the bar is mixed from. */
const STOPS = 12

export function UtilisationLegend() {
  return (
    <div className={styles['legend']}>
      <span>idle</span>
      <span
        aria-hidden="true"
        className={styles['bar']}
        style={{ background: `linear-gradient(to right, ${utilisationStops(STOPS).join(', ')})` }}
      >
        {UTILISATION_MARKS.map((mark) => (
          <span key={mark} className={styles['mark']} style={{ left: `${mark * 100}%` }} />
        ))}
      </span>
      <span>100 % busy</span>
    </div>
  )
}
