/** The cards, with arrow keys that go from one to the next. */
import type { KeyboardEvent } from 'react'
import { useRef } from 'react'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import { gridTarget } from './grid-keys.ts'
import { ScenarioTile } from './ScenarioTile.tsx'
import styles from './ScenarioList.module.css'

export interface CardGridProps {
  readonly found: readonly ScenarioCard[]
  /** Why nothing can be run or changed now; null when it can. */
  readonly whyNot: string | null
}

/** Arrow keys go from title to title. */
export function CardGrid({ found, whyNot }: CardGridProps) {
  const grid = useRef<HTMLUListElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const titles = [...(grid.current?.querySelectorAll<HTMLElement>('[data-card-title]') ?? [])]
    const from = titles.indexOf(event.target as HTMLElement)
    if (from < 0) return
    const to = gridTarget(event.key, from, titles.length, columnsOf(grid.current))
    if (to === null) return
    event.preventDefault()
    titles[to]?.focus()
  }
  return (
    // The keys only move the focus among buttons that have it by themselves.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul ref={grid} className={styles['grid']} onKeyDown={onKeyDown} aria-label="Scenarios">
      {found.map((card) => (
        <li key={card.id} className={styles['cell']}>
          <ScenarioTile card={card} whyNot={whyNot} />
        </li>
      ))}
    </ul>
  )
}

/** Cards that stand beside each other in the first row. */
function columnsOf(grid: HTMLElement | null): number {
  const cells = [...(grid?.children ?? [])] as HTMLElement[]
  const top = cells[0]?.offsetTop
  return Math.max(1, cells.filter((cell) => cell.offsetTop === top).length)
}
