// A vitest reporter that counts for `npm test`: tests passed, failed and skipped, the latter with their reasons.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { SkippedTest, Tally } from '../../scripts/tally.ts'

/** Writes a {@link Tally} as JSON to a file at the end of a run. */
export class CountReporter implements Reporter {
  readonly #file: string

  /** @param file path of the JSON file */
  constructor(file: string) {
    this.#file = file
  }

  /** Called by vitest when the last test ended. Whatever broke outside a test counts as a failed test. */
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const suites = modules.flatMap((module) => [...module.children.allSuites()])
    const broken = [...modules, ...suites].filter((group) => group.errors().length > 0)
    const tally: Tally = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: tests.filter((test) => test.result().state === 'failed').length + broken.length + unhandledErrors.length,
      skipped: tests.flatMap(skippedTest),
    }
    writeFileSync(this.#file, JSON.stringify(tally))
  }
}

function skippedTest(test: TestCase): SkippedTest[] {
  const result = test.result()
  // A test that never got to run (its file or suite broke) stays pending; its group is counted as failed.
  if (result.state !== 'skipped') return []
  return [{ name: `${test.module.relativeModuleId}: ${test.fullName}`, reason: result.note ?? 'no reason given' }]
}
