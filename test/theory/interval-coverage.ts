// Prints how often 95 % confidence intervals hold the true value over 200 studies: `node test/theory/interval-coverage.ts`.
import { CONFIDENCE, coverageOf } from './coverage.ts'

const STUDIES = 200

/**
 * Shares of studies between which the coverage must lie: of 200 fair intervals 98.9 % of all tries have between 92 % and
 * 98 % that hold the value.
 */
const LEAST = 0.92
const MOST = 0.98

const rows = coverageOf(STUDIES).map((row) => ({ ...row, coverage: row.covered / row.studies }))
const text = rows.map(({ figure, truth, mean, halfWidth, coverage, below, above }) =>
  [
    figure.padEnd(6),
    `truth ${truth.toFixed(4)} ms`,
    `estimates ${mean.toFixed(4)} ± ${halfWidth.toFixed(4)} ms`,
    `intervals that hold it ${(100 * coverage).toFixed(1)} %`,
    `too low ${below}, too high ${above} of ${STUDIES}`,
  ].join('   '),
)
const passed = rows.every(({ coverage }) => coverage >= LEAST && coverage <= MOST)
process.stdout.write(`M/M/8 at load 0.8, intervals asked for ${100 * CONFIDENCE} %\n${text.join('\n')}\n`)
process.stdout.write(`${passed ? 'within' : 'NOT WITHIN'} ${100 * LEAST} to ${100 * MOST} %\n`)
process.exitCode = passed ? 0 : 1
