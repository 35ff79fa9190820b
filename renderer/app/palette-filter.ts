/** Which commands a search finds, the best first. */

/** What of a command is searched. */
export interface Findable {
  readonly label: string
  readonly description?: string
  readonly keywords?: string
}

/** Ranks of where a word is found; lower is better. */
const IN_LABEL_START = 0
const AT_WORD_START = 1
const IN_LABEL = 2
const ELSEWHERE = 3

/** Those in which every word of the query is found; in their own order where they are equally good. */
export function foundCommands<T extends Findable>(commands: readonly T[], query: string): readonly T[] {
  const words = query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return commands
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ command }) => command)
}

function rankOf(command: Findable, words: readonly string[]): number | null {
  let sum = 0
  for (const word of words) {
    const rank = wordRank(command, word)
    if (rank === null) return null
    sum += rank
  }
  return sum
}

function wordRank({ label, description = '', keywords = '' }: Findable, word: string): number | null {
  const text = label.toLowerCase()
  if (text.startsWith(word)) return IN_LABEL_START
  if (text.includes(` ${word}`)) return AT_WORD_START
  if (text.includes(word)) return IN_LABEL
  return `${description} ${keywords}`.toLowerCase().includes(word) ? ELSEWHERE : null
}
