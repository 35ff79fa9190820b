/** Which scenario cards are shown, and in which order. */
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'

export const cardOrders = ['changed', 'name', 'verdict'] as const
export type CardOrder = (typeof cardOrders)[number]

export interface CardQuery {
  /** Words that must all be found in name, question, tags or file name. */
  readonly search: string
  /** Tags of which a card must have all. */
  readonly tags: readonly string[]
  readonly order: CardOrder
}

/** What cannot hold comes first, what was never run last. */
const verdictRanks = { fail: 0, overloaded: 0, not_converged: 1, pass: 2 } as const
const NEVER_RUN = 3

/** The cards that a query finds, in its order. */
export function foundCards(cards: readonly ScenarioCard[], query: CardQuery): readonly ScenarioCard[] {
  const words = wordsOf(query.search)
  const found = cards.filter(
    (card) => query.tags.every((tag) => card.tags.includes(tag)) && hasWords(textOf(card), words),
  )
  return found.sort(orders[query.order])
}

/** Every tag of some entries, the most used first. */
export function tagsOf(entries: readonly { readonly tags: readonly string[] }[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { tags } of entries) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b)).map(([tag]) => tag)
}

/** The words of a search, in small letters. */
export function wordsOf(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
}

/** Whether a text has all words; both in small letters. */
export function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}

function textOf({ name, question, tags, fileName }: ScenarioCard): string {
  return [name, question, ...tags, fileName].join(' ').toLowerCase()
}

function verdictRank({ lastRun }: ScenarioCard): number {
  const verdict = lastRun?.verdict ?? null
  return verdict === null ? NEVER_RUN : verdictRanks[verdict]
}

const orders: Readonly<Record<CardOrder, (a: ScenarioCard, b: ScenarioCard) => number>> = {
  // What changed in the same millisecond stays as the host lists it: a newcomer meets Black Friday first.
  changed: (a, b) => b.updatedMs - a.updatedMs,
  name: (a, b) => a.name.localeCompare(b.name) || b.updatedMs - a.updatedMs,
  verdict: (a, b) => verdictRank(a) - verdictRank(b) || b.updatedMs - a.updatedMs,
}
