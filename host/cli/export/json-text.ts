/** A result as JSON text that both people and line-based tools can compare: lists of plain values stay on one line. */

/** Spaces a level. */
const INDENT = '  '

/** Like `JSON.stringify(value, null, 2)`, with keys in the order of the value, but columns of numbers in one line each. */
export function jsonText(value: unknown): string {
  return `${textOf(value, '')}\n`
}

function textOf(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const deeper = indent + INDENT
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    if (items.every((item) => typeof item !== 'object' || item === null)) return JSON.stringify(items)
    return block(
      '[',
      items.map((item) => textOf(item, deeper)),
      ']',
      indent,
    )
  }
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  if (entries.length === 0) return '{}'
  if (entries.every(([, part]) => typeof part === 'number' || part === null)) {
    return `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${JSON.stringify(part)}`).join(', ')} }`
  }
  return block(
    '{',
    entries.map(([key, part]) => `${JSON.stringify(key)}: ${textOf(part, deeper)}`),
    '}',
    indent,
  )
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  return `${open}\n${lines.map((line) => indent + INDENT + line).join(',\n')}\n${indent}${close}`
}
