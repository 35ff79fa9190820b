// Writes what the oracle runner found, as a table for people and as JSON for programs.
import type { FamilyReport } from './runner.ts'

/** What was asked for decides what counts: see `isSuccess`. */
export interface OracleScope {
  /** True when only what is offered was asked for. */
  readonly offeredOnly: boolean
  /** True when one family was asked for by name. */
  readonly oneFamily: boolean
}

/** Cases over all families. */
interface OracleTotals {
  readonly cases: number
  readonly passed: number
  readonly failed: number
  readonly notOffered: number
}

/** Sums of the families' counts. */
function totalsOf(reports: readonly FamilyReport[]): OracleTotals {
  const sum = (count: (report: FamilyReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0)
  return {
    cases: sum(({ cases }) => cases),
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    notOffered: sum(({ notOffered }) => notOffered),
  }
}

/**
 * Whether the run succeeded: there were cases, none failed, and none is missing from the offer; the last is forgiven when
 * only what is offered was asked for, or when one family was named and part of it passed.
 */
export function isSuccess(reports: readonly FamilyReport[], scope: OracleScope): boolean {
  const { cases, passed, failed, notOffered } = totalsOf(reports)
  if (cases === 0 || failed > 0) return false
  return notOffered === 0 || scope.offeredOnly || (scope.oneFamily && passed > 0)
}

/**
 * The report as JSON with snake_case keys; errors that are infinite are written as null. `skipped` names what was left out
 * on purpose: each variant not offered, when only what is offered was asked for.
 */
export function jsonReport(reports: readonly FamilyReport[], scope: OracleScope): string {
  const { cases, passed, failed, notOffered } = totalsOf(reports)
  const families = reports.map((report) => ({
    family: report.family,
    cases: report.cases,
    passed: report.passed,
    failed: report.failed,
    not_offered: report.notOffered,
    not_offered_variants: Object.fromEntries(report.notOfferedVariants),
    worst: report.worst && {
      id: report.worst.id,
      error: report.worst.outcome.error,
      tolerance: report.worst.outcome.tolerance,
    },
    seconds: report.seconds,
    failures: report.failures.map(({ id, outcome }) => ({ id, ...outcome })),
  }))
  const missing = scope.offeredOnly ? reports.flatMap(missingNames) : []
  const skipped = missing.map((name) => ({ name, reason: 'not offered yet' }))
  const success = isSuccess(reports, scope)
  return `${JSON.stringify({ families, cases, passed, failed, not_offered: notOffered, skipped, success }, null, 2)}\n`
}

/** The report as text: a row per family, then what is not offered by name, then every failure, then the sum. */
export function textReport(reports: readonly FamilyReport[], scope: OracleScope): string {
  const header = ['family', 'cases', 'passed', 'failed', 'not offered', 'worst error / tolerance', 'seconds']
  const lines = table([header, ...reports.map(rowOf)])
  const missing = reports.flatMap(missingNames).map((name) => `  ${name}`)
  if (missing.length > 0) lines.push('', `not offered yet${whyForgiven(scope)}:`, ...missing)
  for (const { family, failures } of reports) {
    for (const { id, outcome } of failures) {
      lines.push('', `FAILED ${family} ${id}`, `  expected ${outcome.expected}`, `  got      ${outcome.got}`)
      if (outcome.tolerance > 0) lines.push(`  error    ${shortNumber(outcome.error)}, tolerance ${outcome.tolerance}`)
    }
  }
  const { cases, passed, failed, notOffered } = totalsOf(reports)
  lines.push('', `${cases} cases: ${passed} passed, ${failed} failed, ${notOffered} not offered`)
  if (cases === 0) lines.push('no case matches: nothing was proved')
  return `${lines.join('\n')}\n`
}

function whyForgiven(scope: OracleScope): string {
  if (scope.offeredOnly) return ' (not counted: --offered)'
  return scope.oneFamily ? ' (not counted if the rest of the family passes)' : ' (counted as failed)'
}

function missingNames({ family, notOfferedVariants }: FamilyReport): string[] {
  return Array.from(notOfferedVariants, ([variant, count]) => `${family}: ${variant} (${count})`)
}

function rowOf(report: FamilyReport): string[] {
  const worst = report.worst?.outcome
  const against = worst === undefined ? '-' : `${shortNumber(worst.error)} / ${worst.tolerance}`
  const counts = [report.cases, report.passed, report.failed, report.notOffered].map(String)
  return [report.family, ...counts, against, report.seconds.toFixed(1)]
}

function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value)
}

/** Columns padded to their widest cell: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}
