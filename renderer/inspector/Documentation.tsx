/** The page about a kind of component, folded away until it is asked for. */
import { UnstyledButton } from '@mantine/core'
import { IconBook2, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import styles from './Documentation.module.css'
import { hasHelp, helpText } from './help-texts.ts'
import { InlineText } from './InlineText.tsx'
import { Markdown } from './Markdown.tsx'

interface DocumentationProps {
  readonly kind: string
  /** Said of a kind that has no page of its own. */
  readonly fallback: string
}

export function Documentation({ kind, fallback }: DocumentationProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen || text !== null) return
    void helpText(kind).then(setText, () => setText(fallback))
  }, [isOpen, kind, text, fallback])
  if (!hasHelp(kind))
    return fallback === '' ? null : (
      <p className={styles['fallback']}>
        <InlineText text={fallback} />
      </p>
    )
  return (
    <div className={styles['documentation']}>
      <p className={styles['fallback']}>
        <InlineText text={fallback} />
      </p>
      <UnstyledButton
        className={styles['toggle']}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconBook2 size={14} aria-hidden="true" />
        Documentation
        <IconChevronRight className={styles['chevron']} data-open={isOpen || undefined} size={14} aria-hidden="true" />
      </UnstyledButton>
      <div id={id} hidden={!isOpen} className={styles['page']}>
        {isOpen && text !== null && <Markdown text={text} />}
      </div>
    </div>
  )
}
