// The counts of every test runner, and the summary that `npm test` ends with.

/** A test that did not run. */
export interface SkippedTest {
  readonly name: string
  /** Why it did not run, as the test itself said. */
  readonly reason: string
}

/** What one runner found. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly SkippedTest[]
}

/** A tally and the name of its runner. */
export interface NamedTally extends Tally {
  readonly runner: string
}

/** Counts a runner that is one check by itself, such as the compiler. */
export function tallyOfExitCode(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] }
}

/**
 * Reads what a runner wrote about itself.
 * A runner that wrote nothing readable, or that failed although it reports no failure, counts as one failed test:
 * it crashed, and silence must not look like success.
 * @param json `{passed, failed, skipped?: [{name, reason}]}`, or undefined when there is none
 */
export function tallyOfReport(json: string | undefined, exitCode: number): Tally {
  const report = parseTally(json)
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] }
  if (exitCode !== 0 && report.failed === 0) return { ...report, failed: 1 }
  if (report.passed + report.failed === 0) return { ...report, failed: 1 }
  return report
}

/** Renders a line per runner, the skipped tests with their reasons, and the sums as the very last line. */
export function renderSummary(tallies: readonly NamedTally[]): string {
  const width = Math.max(...tallies.map((tally) => tally.runner.length))
  const rows = tallies.map((tally) => `${tally.runner.padEnd(width)}  ${countsOf(tally)}`)
  const skips = tallies.flatMap((tally) => tally.skipped).map((test) => `skipped: ${test.name} (${test.reason})`)
  const total: Tally = {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  }
  return [...rows, ...skips, '', countsOf(total)].join('\n')
}

function countsOf(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`
}

function parseTally(json: string | undefined): Tally | undefined {
  const value = parseObject(json)
  const passed = value?.['passed']
  const failed = value?.['failed']
  const skipped = value?.['skipped']
  if (typeof passed !== 'number' || typeof failed !== 'number') return undefined
  return { passed, failed, skipped: Array.isArray(skipped) ? skipped.map(parseSkipped) : [] }
}

function parseSkipped(value: unknown): SkippedTest {
  const { name, reason } = value as Partial<SkippedTest>
  return { name: name ?? 'unnamed test', reason: reason ?? 'no reason given' }
}

function parseObject(json: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
