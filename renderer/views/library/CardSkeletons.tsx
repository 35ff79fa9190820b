/** Empty cards while the scenarios are being read; only after a moment. */
import { Loading } from '../../widgets/Loading.tsx'
import styles from './ScenarioList.module.css'
import tile from './ScenarioTile.module.css'

const SHOWN = 6

export function CardSkeletons() {
  return (
    <div className={styles['grid']}>
      {Array.from({ length: SHOWN }, (_, place) => (
        <div key={place} className={tile['tile']}>
          <Loading label="Loading scenarios" lines={6} />
        </div>
      ))}
    </div>
  )
}
