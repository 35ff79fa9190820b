/** A part of a form with a heading that opens and closes it. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertCircle, IconChevronRight } from '@tabler/icons-react'
import type { CSSProperties, ReactNode } from 'react'
import { createContext, useContext, useId, useState } from 'react'
import { useFormScope } from './form-scope.ts'
import { problemCount } from './form-model.ts'
import { InlineText } from './InlineText.tsx'
import styles from './Section.module.css'

interface SectionProps {
  readonly title: ReactNode
  readonly help: string
  readonly pathText: string
  /** One line about what is inside, shown while it is closed. */
  readonly summary?: string
  /** Small words behind the title: how many there are, where it comes from. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly isOpenAtFirst: boolean
  readonly depth: number
  readonly children: ReactNode
}

/** How many sections stand around a part of the form: labels give way, so that inputs stand in one line. */
const Nesting = createContext(0)

/** By how much a section moves what is in it to the right, in px. */
const INDENT_PX = 14

export function Section(props: SectionProps) {
  const { title, help, pathText, summary, note, actions, isOpenAtFirst, depth, children } = props
  const { problems } = useFormScope()
  const count = problemCount({ problems }, pathText)
  const [choice, setIsOpen] = useState<boolean | null>(null)
  // What is wrong inside must not stay hidden, unless somebody closed it.
  const isOpen = choice ?? (isOpenAtFirst || count > 0)
  const id = useId()
  const nesting = useContext(Nesting) + 1
  const style = { '--hr-indent': `${nesting * INDENT_PX}px` } as CSSProperties
  return (
    <section className={styles['section']} data-depth={Math.min(depth, 3)}>
      <div className={styles['heading']}>
        <UnstyledButton
          className={styles['toggle']}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronRight
            className={styles['chevron']}
            data-open={isOpen || undefined}
            size={14}
            aria-hidden="true"
          />
          <Tooltip
            label={<InlineText text={help} />}
            disabled={help === ''}
            multiline
            maw={280}
            openDelay={400}
            position="top-start"
          >
            <span className={styles['title']}>{title}</span>
          </Tooltip>
          {note !== undefined && <span className={styles['note']}>{note}</span>}
          {!isOpen && summary !== undefined && summary !== '' && <span className={styles['summary']}>{summary}</span>}
          {!isOpen && count > 0 && (
            <span className={styles['problems']}>
              <IconAlertCircle size={14} aria-hidden="true" />
              {count === 1 ? '1 problem' : `${count} problems`}
            </span>
          )}
        </UnstyledButton>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      <div id={id} className={styles['content']} hidden={!isOpen} style={style}>
        {isOpen && <Nesting value={nesting}>{children}</Nesting>}
      </div>
    </section>
  )
}
