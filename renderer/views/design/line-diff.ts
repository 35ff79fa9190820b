/** What differs between two texts, line by line. */

/** A line that both have, that only the older has, or that only the newer has. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Most lines on either side that are compared one by one; beyond it everything in between counts as rewritten. */
const MAX_COMPARED = 2_000

/** Lines of both texts in order, by the longest common subsequence (Wagner and Fischer, 1974). */
export function lineDiff(older: string, newer: string): readonly DiffLine[] {
  const before = older.split('\n')
  const after = newer.split('\n')
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return [
    ...lines('same', before.slice(0, head)),
    ...between(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...lines('same', tail === 0 ? [] : before.slice(-tail)),
  ]
}

/** The lines that differ with `around` lines of context; null stands for lines that are left out. */
export function withoutUnchanged(diff: readonly DiffLine[], around: number): readonly (DiffLine | null)[] {
  const near = diff.map((_, index) =>
    diff.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  )
  return diff.flatMap((line, index) => {
    if (near[index] === true) return [line]
    return index === 0 || near[index - 1] === true ? [null] : []
  })
}

function between(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length > MAX_COMPARED || after.length > MAX_COMPARED) {
    return [...lines('removed', before), ...lines('added', after)]
  }
  // common[i][j]: longest common subsequence of what follows line i of the one and line j of the other.
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const here = i * width + j
      common[here] =
        before[i] === after[j]
          ? (common[here + width + 1] ?? 0) + 1
          : Math.max(common[here + width] ?? 0, common[here + 1] ?? 0)
    }
  }
  return walk(before, after, common)
}

function walk(before: readonly string[], after: readonly string[], common: Uint32Array): readonly DiffLine[] {
  const width = after.length + 1
  const diff: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < before.length && j < after.length) {
    const text = before[i] ?? ''
    if (text === after[j]) {
      diff.push({ kind: 'same', text })
      i += 1
      j += 1
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      diff.push({ kind: 'removed', text })
      i += 1
    } else {
      diff.push({ kind: 'added', text: after[j] ?? '' })
      j += 1
    }
  }
  return [...diff, ...lines('removed', before.slice(i)), ...lines('added', after.slice(j))]
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }))
}
