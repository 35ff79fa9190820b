/** Puts the pictures of a run under way together: each brings only the rows since the last one. */
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'
import type { LiveRun } from '../../host/contract/live-run.ts'

/**
 * The picture with all rows so far, or null when rows between `before` and `picture` are missing. Its columns are those of
 * `before`, grown in place: whoever draws them depends on the object that is returned, not on the arrays.
 */
export function withPicture(before: LiveRun | undefined, picture: LiveRun): LiveRun | null {
  const anew = before === undefined || before.replication !== picture.replication || picture.fromBucket === 0
  if (anew) {
    if (picture.fromBucket > 0) return null
    return { ...picture, rows: mapColumns(picture.rows, (values) => values.slice()) }
  }
  if (picture.fromBucket > rowCount(before.rows)) return null
  for (const [name, values] of Object.entries(picture.rows)) grow(columnOf(before, name), picture.fromBucket, values)
  return { ...picture, fromBucket: 0, rows: before.rows, happenings: joined(before.happenings, picture.happenings) }
}

/** Rows of the longest column. */
export function rowCount(rows: LiveRun['rows']): number {
  return Object.values(rows).reduce((most, values) => Math.max(most, values.length), 0)
}

function columnOf({ rows }: LiveRun, name: string): (number | null)[] {
  const columns = rows as Record<string, (number | null)[]>
  return (columns[name] ??= [])
}

function grow(column: (number | null)[], from: number, values: readonly (number | null)[]): void {
  while (column.length < from) column.push(null)
  for (const [index, value] of values.entries()) column[from + index] = value
}

/** What the whole picture already told may come again with the next one. */
function joined(before: readonly HappeningResult[], now: readonly HappeningResult[]): readonly HappeningResult[] {
  const lastS = before.at(-1)?.at_s ?? -Infinity
  const fresh = now.filter(
    (one) =>
      one.at_s > lastS ||
      !before.some((told) => told.at_s === one.at_s && told.component === one.component && told.text === one.text),
  )
  return fresh.length === 0 ? before : [...before, ...fresh]
}

function mapColumns(
  rows: LiveRun['rows'],
  copy: (values: readonly (number | null)[]) => (number | null)[],
): LiveRun['rows'] {
  return Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, copy(values)]))
}
