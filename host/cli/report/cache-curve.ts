/** A cache curve for people: what the scenario's sizes mean first, then every policy at every size. */
import type { CsvCell } from '../../../sim-core/analysis/csv-text.ts'
import type { CacheCurve, MarkedSize, PolicyCurve } from '../../contract/cache-curve-api.ts'
import { counted } from '../problem-text.ts'
import { printable, styleFor, widthOf, wrapped } from '../style.ts'
import { figureText, FIXED_SPACE, NO_FIGURE } from './figure-text.ts'
import type { Align } from './text-table.ts'
import { INDENT, tableLines } from './text-table.ts'

/** Columns of text where the output does not say how many it has. */
const TEXT_COLUMNS = 120

/** Spaces between two columns of the table. */
const GAP = 2

/** The bound, which is no choice. */
const OPT = 'opt'

/** How the text is laid out. */
export interface CurveStyle {
  /** Columns of the terminal; undefined for a file or a pipe, which gets the table in one piece. */
  readonly columns: number | undefined
  readonly colour: boolean
}

/** The report. */
export function curveText(curve: CacheCurve, { columns, colour }: CurveStyle): string {
  const { bold, dim } = styleFor(colour)
  const { sizes, policies, marked, notes, partial } = curve
  const heads = sizes.map((size) => sizeText(curve, size) + (marked.some((mark) => mark.size === size) ? '*' : ''))
  const cells = policies.map((policy) => sizes.map((_, index) => cellText(policy, index)))
  const blocks = blocksOf(curve, heads, cells, columns ?? Infinity).map(([from, to]) => {
    const rows = [
      ['policy', ...heads.slice(from, to)],
      ...policies.map(({ id }, row) => [id, ...cells[row]!.slice(from, to)]),
    ]
    const aligns: Align[] = rows[0]!.map((_, column) => (column === 0 ? 'left' : 'right'))
    const [head = '', ...lines] = tableLines(rows, aligns)
    return [bold(head), ...lines].join('\n')
  })
  const told = [
    bold(subject(curve)),
    ...summary(curve),
    ...marked.map((mark) => atMark(curve, mark)),
    ...(partial ? ['Partial: it was stopped before every policy was measured.'] : []),
  ]
  const small = notes.flatMap((note) => wrapped(note, (columns ?? TEXT_COLUMNS) - INDENT.length))
  const table = policies.length === 0 ? [] : [`Misses in % by size of the cache, in ${curve.unit}:`, ...blocks]
  const parts = [told.join('\n'), ...table, small.map((line) => dim(INDENT + line)).join('\n')]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`.replaceAll(FIXED_SPACE, ' ')
}

/** One row for each policy and size, with a header. */
export function curveCsvRows({ unit, sizes, policies, sample }: CacheCurve): CsvCell[][] {
  const bounds = sample === null ? [] : ['low', 'high']
  const rows = policies.flatMap(({ id, miss_ratio, low, high }) =>
    sizes.map((size, index): CsvCell[] => [
      id,
      size,
      miss_ratio[index] ?? null,
      ...(sample === null ? [] : [low?.[index] ?? null, high?.[index] ?? null]),
    ]),
  )
  return [['policy', `size_${unit}`, 'miss_ratio', ...bounds], ...rows]
}

function subject({ source, cache }: CacheCurve): string {
  return printable(cache === null ? source : `${cache} of ${source}`)
}

function summary(curve: CacheCurve): string[] {
  const { requests, distinct_keys, footprint, unit, compulsory_miss_ratio, never_kept_ratio, sample } = curve
  const about = sample === null ? '' : 'about '
  const room = unit === 'bytes' ? `, ${about}${figureText(footprint, 'bytes')} in all` : ''
  const lines = [
    `${figureText(requests, 'count')} requests for ${about}${figureText(distinct_keys, 'count')} keys${room}; ` +
      `${figureText(compulsory_miss_ratio, 'ratio')} are the first for their key and miss at any size.`,
  ]
  if (never_kept_ratio > 0) {
    lines.push(
      `${figureText(never_kept_ratio, 'ratio')} are for keys of which nothing is ever kept, and miss at any size too.`,
    )
  }
  if (sample !== null) {
    const share = figureText(sample.ratio, 'ratio')
    lines.push(
      `From ${counted(sample.samples, 'independent sample')} of ${share} of the keys each (SHARDS); ± is the ` +
        `${figureText(sample.confidence, 'ratio')} interval of their mean, – where a sample is too small to tell.`,
    )
  }
  return lines
}

/** `* redis, 100 k, lru: misses 22 %; best is sieve with 18 %, and 12 % is the least possible (opt).` */
function atMark(curve: CacheCurve, { tier, size, policy }: MarkedSize): string {
  const { policies, sizes } = curve
  const index = sizes.indexOf(size)
  const ratioOf = (each: PolicyCurve | undefined): number | null => each?.miss_ratio[index] ?? null
  const own = ratioOf(policies.find(({ id }) => id === policy))
  const rivals = policies.filter((each) => each.id !== OPT && ratioOf(each) !== null)
  const best = rivals.toSorted((a, b) => ratioOf(a)! - ratioOf(b)!)[0]
  const bound = ratioOf(policies.find(({ id }) => id === OPT))
  const parts = [
    ...(own === null ? [] : [`misses ${percentText(own)} %`]),
    ...(best === undefined ? [] : [`best is ${best.id} with ${percentText(ratioOf(best)!)} %`]),
    ...(bound === null ? [] : [`opt has ${percentText(bound)} %`]),
  ]
  return `* ${printable(tier)}, ${sizeText(curve, size)}, ${policy}: ${parts.length === 0 ? NO_FIGURE : parts.join('; ')}`
}

function sizeText({ unit }: CacheCurve, size: number): string {
  return figureText(size, unit === 'bytes' ? 'bytes' : 'count')
}

function percentText(ratio: number): string {
  return (100 * ratio).toFixed(2)
}

function cellText({ miss_ratio, low, high }: PolicyCurve, index: number): string {
  const mean = miss_ratio[index] ?? null
  if (mean === null) return NO_FIGURE
  const [from, to] = [low?.[index] ?? null, high?.[index] ?? null]
  return from === null || to === null
    ? percentText(mean)
    : `${percentText(mean)}±${percentText(farther(mean, from, to))}`
}

/** How far the farther limit is: that of the other side may be cut off at 0 or 100 %. */
function farther(mean: number, from: number, to: number): number {
  return Math.max(mean - from, to - mean)
}

/** Ranges of sizes that fit side by side, at least one each. */
function blocksOf(
  { policies }: CacheCurve,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  columns: number,
): [from: number, to: number][] {
  const first = INDENT.length + Math.max(...['policy', ...policies.map(({ id }) => id)].map(widthOf))
  const widths = heads.map(
    (head, size) => GAP + Math.max(widthOf(head), ...cells.map((row) => widthOf(row[size] ?? ''))),
  )
  const blocks: [number, number][] = []
  let used = 0
  for (const [size, width] of widths.entries()) {
    if (size === 0 || used + width > columns) {
      blocks.push([size, size])
      used = first
    }
    used += width
    blocks.at(-1)![1] = size + 1
  }
  return blocks
}
