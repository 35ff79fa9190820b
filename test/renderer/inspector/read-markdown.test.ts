// The small part of Markdown in which help is written, and that all the help there is uses no more.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalog } from '../../../sim-core/catalog.ts'
import { readInline, readMarkdown } from '../../../renderer/inspector/read-markdown.ts'

it('reads headings, paragraphs over several lines, lists, code and tables', () => {
  const text =
    '# Title\n\nTwo\nlines `code`.\n\n- one\n  goes on\n- **two**\n\n```yaml\na: |\n  b\n```\n\n| a | b |\n| - | - |\n| `x` | y \\| z |\n'
  expect(readMarkdown(text)).toEqual([
    { kind: 'heading', level: 1, content: [{ kind: 'text', text: 'Title' }] },
    {
      kind: 'paragraph',
      content: [
        { kind: 'text', text: 'Two lines ' },
        { kind: 'code', text: 'code' },
        { kind: 'text', text: '.' },
      ],
    },
    {
      kind: 'list',
      isOrdered: false,
      items: [[{ kind: 'text', text: 'one goes on' }], [{ kind: 'strong', text: 'two' }]],
    },
    { kind: 'code', text: 'a: |\n  b' },
    {
      kind: 'table',
      head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]],
      rows: [[[{ kind: 'code', text: 'x' }], [{ kind: 'text', text: 'y | z' }]]],
    },
  ])
})

it('numbers items', () => {
  expect(readMarkdown('1. first\n2. second')).toMatchObject([
    { kind: 'list', isOrdered: true, items: [[{ text: 'first' }], [{ text: 'second' }]] },
  ])
})

it('text without marks is text', () => {
  expect(readInline('5 * 3 is `not closed')).toEqual([{ kind: 'text', text: '5 * 3 is `not closed' }])
})

const root = new URL('../../../sim-core/', import.meta.url)
const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'))

it('every kind of component has a page', () => {
  const named = pages.map((path) => path.split(/[/\\]/u).at(-1))
  expect(catalog.map(({ kind }) => `${kind}.md`).filter((name) => !named.includes(name))).toEqual([])
})

it.each(pages)('%s needs no more', (path) => {
  const blocks = readMarkdown(readFileSync(new URL(path, root), 'utf8'))
  expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 })
  const plain = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.content : []))
  const texts = plain.filter(({ kind }) => kind === 'text').map(({ text }) => text)
  expect(texts.filter((text) => /\]\(|<\/|^\d+\. /u.test(text))).toEqual([])
})
