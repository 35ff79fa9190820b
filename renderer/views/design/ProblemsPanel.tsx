/** Every problem of the scenario, with where it is and what to do; a click leads there. */
import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Problem } from '../../../sim-core/scenario/problem.ts'
import { selectionOf } from '../../stores/document-path.ts'
import { useDocument } from '../../stores/document-store.ts'
import { pathOfProblem } from './cursor-path.ts'
import { useDesign } from './design-store.ts'
import styles from './ProblemsPanel.module.css'

export function ProblemsPanel() {
  const problems = useDocument((state) => state.problems)
  const isShown = useDesign((state) => state.problemsShown)
  const show = useDesign((state) => state.show)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const canOpen = problems.length > 0
  const isOpen = isShown && canOpen
  return (
    <section className={styles['panel']} aria-label="Problems">
      <UnstyledButton
        className={styles['head']}
        onClick={() => show('problemsShown', !isShown)}
        disabled={!canOpen}
        aria-expanded={isOpen}
        data-tone={errors > 0 ? 'bad' : canOpen ? 'unsure' : 'good'}
      >
        {errors > 0 ? (
          <IconCircleX size={15} />
        ) : canOpen ? (
          <IconAlertTriangle size={15} />
        ) : (
          <IconCircleCheck size={15} />
        )}
        <span aria-live="polite">{countText(errors, problems.length - errors)}</span>
        {canOpen && (isOpen ? <IconChevronDown size={15} /> : <IconChevronUp size={15} />)}
      </UnstyledButton>
      {isOpen && (
        <ul className={styles['list']}>
          {problems.map((problem, index) => (
            <li key={`${index} ${problem.line} ${problem.message}`}>
              <ProblemLine problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { severity, file, line, column, message, hint } = problem
  return (
    <UnstyledButton className={styles['line']} onClick={() => goToProblem(problem)}>
      <span className={styles['sign']} data-severity={severity}>
        {severity === 'error' ? <IconCircleX size={15} /> : <IconAlertTriangle size={15} />}
        <span className={styles['hidden']}>{severity}</span>
      </span>
      <span className={styles['words']}>
        <span className={styles['message']}>{message}</span>
        {hint !== '' && <span className={styles['hint']}>{hint}</span>}
      </span>
      <span className={styles['place']}>
        {file}:{line}:{column}
      </span>
    </UnstyledButton>
  )
}

/** Shows the line in the text and the field in the inspector. */
function goToProblem(problem: Problem): void {
  const { select, fileName } = useDocument.getState()
  const { layout, arrange, reveal, show } = useDesign.getState()
  const path = pathOfProblem(problem)
  if (path.length > 0) select(selectionOf(path))
  show('inspectorShown', path.length > 1)
  if (problem.file !== fileName) return
  if (layout === 'canvas') arrange('both')
  if (layout === 'table') arrange('yaml')
  // The text may only just be appearing.
  requestAnimationFrame(() => reveal(problem.line, problem.column))
}

function countText(errors: number, warnings: number): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  return parts.length === 0 ? 'No problems' : parts.join(', ')
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
