// Turns measurements into figures, judges them and prints them.
import type { Benchmark, Measurement, Side } from './benchmark.ts'

/** The figures of one benchmark: medians over the runs. */
export interface Result {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly requestsPerSecond: number
  readonly eventsPerSecond: number
  readonly nsPerEvent: number
  readonly nsPerRequest: number
  readonly setUpSeconds: number
  readonly seconds: number
  readonly peakMb: number
  readonly check: number
  /** Our rate over that of each other side, medians of rates measured in turn. */
  readonly ratios: Readonly<Partial<Record<Side, number>>>
  /** Goals that were missed, in words. */
  readonly missed: readonly string[]
}

/** Measurements of one benchmark by side, one per run. */
export type Runs = ReadonlyMap<Side, readonly Measurement[]>

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The figures of a benchmark; `before` are those reported earlier, for goals that refer to them. */
export function resultOf(benchmark: Benchmark, runs: Runs, before: readonly Result[]): Result {
  const ours = runs.get('ours') ?? []
  const rate = ({ requests, seconds }: Measurement): number => requests / seconds
  const of = (figure: (run: Measurement) => number): number => median(ours.map(figure))
  const ratios: Partial<Record<Side, number>> = {}
  for (const [side, others] of runs) if (side !== 'ours') ratios[side] = of(rate) / median(others.map(rate))
  const figures = {
    name: benchmark.name,
    label: benchmark.label,
    unit: benchmark.unit,
    requestsPerSecond: of(rate),
    eventsPerSecond: of(({ events, seconds }) => events / seconds),
    nsPerEvent: of(({ events, seconds }) => (seconds * 1e9) / events),
    nsPerRequest: of((run) => 1e9 / rate(run)),
    setUpSeconds: of(({ setUpSeconds }) => setUpSeconds),
    seconds: of(({ seconds }) => seconds),
    peakMb: of((run) => run.peakMb),
    check: of(({ check }) => check),
    ratios,
  }
  return { ...figures, missed: missedGoals(benchmark, figures, before) }
}

function missedGoals({ goals }: Benchmark, figures: Omit<Result, 'missed'>, before: readonly Result[]): string[] {
  const missed: string[] = []
  const atLeast = (figure: number | undefined, goal: number | undefined, what: string): void => {
    if (figure !== undefined && goal !== undefined && figure < goal) missed.push(`${what} below ${short(goal)}`)
  }
  const atMost = (figure: number, goal: number | undefined, what: string): void => {
    if (goal !== undefined && figure > goal) missed.push(`${what} above ${short(goal)}`)
  }
  atLeast(figures.requestsPerSecond, goals.requestsPerSecond, `${figures.unit}/s`)
  atLeast(figures.ratios.bare, goals.ofBare, 'of bare')
  atLeast(figures.ratios.c, goals.ofYardstick, 'of C')
  atLeast(figures.ratios.one_worker, goals.ofOneWorker, 'of one worker')
  const other = before.find(({ name }) => name === goals.ofBenchmark?.name)
  if (other !== undefined) {
    atLeast(figures.requestsPerSecond / other.requestsPerSecond, goals.ofBenchmark?.ratio, `of ${other.name}`)
  }
  atMost(figures.nsPerRequest, goals.nsPerRequestMax, `ns per ${figures.unit}`)
  atMost(figures.peakMb, goals.peakMbMax, 'MB')
  atMost(figures.seconds + figures.setUpSeconds, goals.secondsMax, 'seconds')
  atMost(figures.check, goals.checkMax, 'check')
  return missed
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)} k`
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}

const COLUMNS = [
  'benchmark',
  'per s',
  'events/s',
  'ns/event',
  'ns/request',
  'set-up s',
  'peak MB',
  'check',
  'of bare',
  'of C',
  '',
]

/** The heading of the table. */
export function heading(): string {
  return row(COLUMNS)
}

/** One line of the table. */
export function line(result: Result): string {
  const { ratios } = result
  const ratio = ratios.bare ?? ratios.one_worker
  const verdict = result.missed.length === 0 ? '' : `MISSED: ${result.missed.join(', ')}`
  return row([
    result.name,
    short(result.requestsPerSecond),
    short(result.eventsPerSecond),
    short(result.nsPerEvent),
    short(result.nsPerRequest),
    short(result.setUpSeconds),
    short(result.peakMb),
    short(result.check),
    ratio === undefined ? '' : ratio.toFixed(2),
    ratios.c === undefined ? '' : ratios.c.toFixed(2),
    verdict,
  ])
}

function row(cells: readonly string[]): string {
  return cells.map((cell, column) => (column === 0 ? cell.padEnd(18) : cell.padStart(10))).join(' ')
}
