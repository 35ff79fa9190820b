// A Playwright reporter that counts for `npm test`, in the same shape as the one for vitest.
import { writeFileSync } from 'node:fs'
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter'
import type { Tally } from '../../scripts/tally.ts'

/** Writes a {@link Tally} as JSON to a file at the end of a run. */
class PlaywrightCountReporter implements Reporter {
  readonly #file: string
  #suite: Suite | undefined
  #errors = 0

  constructor(options: { readonly file: string }) {
    this.#file = options.file
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  /** An error outside any test. */
  onError(): void {
    this.#errors += 1
  }

  onEnd(_result: FullResult): void {
    const tests = this.#suite?.allTests() ?? []
    const tally: Tally = {
      passed: tests.filter((test) => ['expected', 'flaky'].includes(test.outcome())).length,
      failed: tests.filter((test) => test.outcome() === 'unexpected').length + this.#errors,
      skipped: tests.filter((test) => test.outcome() === 'skipped').map((test) => skipped(test)),
    }
    writeFileSync(this.#file, JSON.stringify(tally))
  }
}

function skipped(test: TestCase): Tally['skipped'][number] {
  const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
  return { name: test.titlePath().filter(Boolean).join(': '), reason }
}

// Playwright loads a reporter as the default export of a file.
export default PlaywrightCountReporter
