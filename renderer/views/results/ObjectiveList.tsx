/** Every objective, what was found and whether it holds: a sign and a word besides the colour. */
import type { ObjectiveResult } from '../../../sim-core/analysis/study-result.ts'
import { EstimateFigure } from './EstimateFigure.tsx'
import styles from './ObjectiveList.module.css'
import { objectiveLabel, objectiveUnit, standing, targetWords } from './objective-words.ts'
import { objectivesInOrder } from './overview-model.ts'

export function ObjectiveList({ objectives }: { readonly objectives: readonly ObjectiveResult[] }) {
  return (
    <ul className={styles['list']}>
      {objectivesInOrder(objectives).map((objective) => {
        const { sign, word, tone } = standing(objective.pass)
        const { value: mean, low, high } = objective
        return (
          <li key={objective.id} className={styles['item']}>
            <span className={styles['standing']} data-tone={tone}>
              {sign} {word}
            </span>
            <span className={styles['name']} title={objectiveLabel(objective)}>
              {objectiveLabel(objective)}
            </span>
            <span className={styles['value']}>
              <EstimateFigure estimate={{ mean, low, high }} unit={objectiveUnit(objective.metric)} />
            </span>
            <span className={styles['target']}>{targetWords(objective)}</span>
          </li>
        )
      })}
    </ul>
  )
}
