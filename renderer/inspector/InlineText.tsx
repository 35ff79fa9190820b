/** A sentence of help, with its words of the language set apart. */
import styles from './InlineText.module.css'
import type { Inline } from './read-markdown.ts'
import { readInline } from './read-markdown.ts'

export function InlineText({ text }: { readonly text: string }) {
  return <InlineParts parts={readInline(text)} />
}

export function InlineParts({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map(({ kind, text }, index) => {
    // The same sentence always has the same parts.
    const key = `${index} ${text}`
    if (kind === 'code') {
      return (
        <code key={key} className={styles['code']}>
          {text}
        </code>
      )
    }
    return kind === 'strong' ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>
  })
}
