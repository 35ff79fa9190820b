// What vitest runs: every test, or with HEADROOM_QUICK=1 only those without servers, browser or long simulations.
import { configDefaults, defineConfig } from 'vitest/config'
import { CountReporter } from './test/support/count-reporter.ts'

const quick = process.env['HEADROOM_QUICK'] === '1'
const reportFile = process.env['HEADROOM_TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The file name says it when a test is not quick.
    exclude: [...configDefaults.exclude, ...(quick ? ['test/**/*.{slow,browser,server}.test.ts'] : [])],
    reporters: ['default', ...(reportFile === undefined ? [] : [new CountReporter(reportFile)])],
    setupFiles: ['test/support/property-seed.ts'],
    testTimeout: 60_000,
    coverage: { provider: 'v8', include: ['sim-core/**/*.ts', 'host/**/*.ts'], reportsDirectory: 'coverage' },
  },
})
