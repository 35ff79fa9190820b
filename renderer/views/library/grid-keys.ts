/** Arrow keys in a grid of cards. */

/**
 * Where a key leads from the card at `from`, of `count` cards in rows of `columns`; null when the key is not for moving or
 * leads nowhere.
 */
export function gridTarget(key: string, from: number, count: number, columns: number): number | null {
  const to = steps(from, count, columns)[key]
  return to === undefined || to < 0 || to >= count || to === from ? null : to
}

function steps(from: number, count: number, columns: number): Readonly<Record<string, number>> {
  return {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: count - 1,
  }
}
