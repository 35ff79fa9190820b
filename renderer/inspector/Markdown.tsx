/** Help as blocks of a page. Its headings begin at the third level: the form has those above. */
import { createElement } from 'react'
import { InlineParts } from './InlineText.tsx'
import type { Block } from './read-markdown.ts'
import { readMarkdown } from './read-markdown.ts'
import styles from './Markdown.module.css'

export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles['page']}>
      {readMarkdown(text).map((block, index) => (
        // A page never changes: the place of a block is its key.
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

/** The title of a page is the name of what is inspected, which stands above it. */
const TITLE_LEVEL = 1
const LAST_LEVEL = 6

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading': {
      if (block.level === TITLE_LEVEL) return null
      const level = Math.min(LAST_LEVEL, block.level + 1)
      return createElement(`h${level}`, {}, <InlineParts parts={block.content} />)
    }
    case 'paragraph':
      return (
        <p>
          <InlineParts parts={block.content} />
        </p>
      )
    case 'list': {
      const items = keyed(block.items).map(([key, item]) => (
        <li key={key}>
          <InlineParts parts={item} />
        </li>
      ))
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'code':
      return (
        // Long lines scroll, which must work without a mouse.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      )
    case 'table':
      return (
        <dl>
          {keyed(block.rows).map(([key, [term = [], ...rest]]) => (
            <div key={key}>
              <dt>
                <InlineParts parts={term} />
              </dt>
              {keyed(rest).map(([at, cell]) => (
                <dd key={at}>
                  <InlineParts parts={cell} />
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )
  }
}

/** Parts with their place as a key: they never move. */
function keyed<Part>(parts: readonly Part[]): readonly (readonly [number, Part])[] {
  return parts.map((part, index) => [index, part] as const)
}
