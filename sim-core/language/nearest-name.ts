/** Finds the name somebody most likely meant, for "did you mean" hints. */

/**
 * Edit distance with insertions, deletions, substitutions and swaps of neighbours, each costing one.
 * Source: F. J. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964;
 * computed by the dynamic programme of R. A. Wagner and M. J. Fischer, "The string-to-string correction problem", 1974:
 * d(i,j) = min(d(i-1,j)+1, d(i,j-1)+1, d(i-1,j-1)+[a_i != b_j], d(i-2,j-2)+1 if a_i a_(i-1) = b_(j-1) b_j).
 * Differs from the source: no substring is edited twice (the restricted, "optimal string alignment" distance).
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? at(rows, i - 2, j - 2) + 1 : Infinity
      row.push(Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, substitution, swap))
    }
    rows.push(row)
  }
  return at(rows, a.length, b.length)
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0
}

/** Names longer than this are not compared: nobody mistypes them, and hostile input would cost quadratic time. */
const MAX_COMPARED_LENGTH = 80

/** Candidates beyond this many are not compared, so that a hint never costs more than the parse itself. */
const MAX_CANDIDATES = 500

/**
 * The candidate nearest to `name`, or undefined when none is near: at most a third of its letters differ. Case and the
 * choice between `-` and `_` do not count. Ties go to the earlier candidate.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > MAX_COMPARED_LENGTH) return undefined
  const wanted = folded(name)
  let nearest: string | undefined
  let nearestDistance = Infinity
  for (const candidate of candidates.slice(0, MAX_CANDIDATES)) {
    if (candidate.length > MAX_COMPARED_LENGTH) continue
    const distance = editDistance(wanted, folded(candidate))
    if (distance < nearestDistance) {
      nearest = candidate
      nearestDistance = distance
    }
  }
  const allowed = Math.max(1, Math.floor(Math.max(name.length, nearest?.length ?? 0) / 3))
  return nearestDistance <= allowed ? nearest : undefined
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}

/** How many names a hint lists before it only counts the rest. */
const MAX_LISTED = 12

/** A hint for a name that does not exist: the nearest one, else the ones there are, else what to do about none. */
export function hintForName(name: string, candidates: readonly string[], whenNone: string): string {
  const nearest = nearestName(name, candidates)
  if (nearest !== undefined) return `did you mean ${nearest}?`
  if (candidates.length === 0) return whenNone
  const listed = candidates.slice(0, MAX_LISTED).join(', ')
  return candidates.length > MAX_LISTED
    ? `use one of ${listed} and ${candidates.length - MAX_LISTED} more`
    : `use one of ${listed}`
}
