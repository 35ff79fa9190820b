// Tests through what a user sees: the served application in the system's Chromium.
import { defineConfig } from '@playwright/test'
import { findProgram, systemPrograms } from './scripts/system-programs.ts'

const executablePath = findProgram(systemPrograms.chromium)
const reportFile = process.env['HEADROOM_TEST_REPORT']

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  // Each test has its own host and data folder; two at a time leave the simulator a core.
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 150_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ...(reportFile === undefined
      ? []
      : [['./test/support/playwright-count-reporter.ts', { file: reportFile }] satisfies [string, unknown]]),
  ],
  outputDir: '.tmp/e2e',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
