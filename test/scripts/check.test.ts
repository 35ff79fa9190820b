// The check of `npm test` counts honestly: a runner that fails, crashes or says nothing never passes for a green one.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { renderSummary, tallyOfExitCode, tallyOfReport } from '../../scripts/tally.ts'
import { temporaryTree } from '../support/temporary-tree.ts'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

describe('counting', () => {
  test('a check without a report counts as one', () => {
    expect(tallyOfExitCode(0)).toEqual({ passed: 1, failed: 0, skipped: [] })
    expect(tallyOfExitCode(2)).toEqual({ passed: 0, failed: 1, skipped: [] })
  })

  test('a report is taken as it is', () => {
    const report = { passed: 3, failed: 1, skipped: [{ name: 'a', reason: 'no server' }] }
    expect(tallyOfReport(JSON.stringify(report), 1)).toEqual(report)
    expect(tallyOfReport('{"cases":4,"passed":4,"failed":0}', 0)).toEqual({ passed: 4, failed: 0, skipped: [] })
  })

  test.each([
    ['no report', undefined, 0],
    ['an empty report', '', 0],
    ['a report that is no JSON', 'Error: out of memory', 0],
    ['a report without counts', '{"passed":"3"}', 0],
    ['a report of nothing run', '{"passed":0,"failed":0}', 0],
    ['a crash after a green report', '{"passed":3,"failed":0}', 1],
  ])('%s is one failure', (_, json, exitCode) => {
    expect(tallyOfReport(json, exitCode).failed).toBe(1)
  })

  test('the summary names the skipped and ends with the sums', () => {
    const summary = renderSummary([
      { runner: 'types', ...tallyOfExitCode(0) },
      {
        runner: 'tests',
        passed: 40,
        failed: 2,
        skipped: [{ name: 'in Chromium', reason: 'chromium is not installed' }],
      },
    ])
    expect(summary.split('\n')).toEqual([
      'types  1 passed, 0 failed, 0 skipped',
      'tests  40 passed, 2 failed, 1 skipped',
      'skipped: in Chromium (chromium is not installed)',
      '',
      '41 passed, 2 failed, 1 skipped',
    ])
  })
})

/** Every runner of the check as a shell script that does what is asked, and otherwise succeeds. `oracle` is what node runs. */
function runCheck(scripts: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const vitest = `echo '{"passed":5,"failed":0,"skipped":[]}' > "$HEADROOM_TEST_REPORT"`
  const playwright = `echo '{"passed":3,"failed":0,"skipped":[]}' > "$HEADROOM_TEST_REPORT"`
  const oracle = scripts['oracle'] ?? `echo '{"cases":7,"passed":7,"failed":0}'`
  const node = `case "$1" in
scripts/build-page.mjs) exit 0;;
test/oracle/main.ts) ${oracle};;
*) exec "$REAL_NODE" "$@";;
esac`
  const all = {
    tsc: 'true',
    oxlint: 'true',
    oxfmt: 'true',
    knip: 'true',
    playwright,
    chromium: 'true',
    vitest,
    node,
    ...scripts,
  }
  const files = Object.entries(all).map(([name, body]) => [`bin/${name}`, `#!/bin/sh\n${body}\n`])
  const root = temporaryTree(Object.fromEntries(files))
  for (const name of Object.keys(all)) chmodSync(join(root, 'bin', name), 0o755)
  const { status, stdout } = spawnSync(process.execPath, [join(projectRoot, 'scripts/check.ts'), ...args], {
    cwd: root,
    env: { ...process.env, PATH: `${join(root, 'bin')}:/usr/bin:/bin`, REAL_NODE: process.execPath },
    encoding: 'utf8',
  })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout }
}

describe('running', () => {
  test('sums all runners', () => {
    expect(runCheck({})).toMatchObject({ status: 0, lastLine: '20 passed, 0 failed, 0 skipped' })
  })

  test('goes on after a failing runner and fails at the end', () => {
    const failing = { tsc: 'exit 2', knip: 'exit 1' }
    expect(runCheck(failing)).toMatchObject({ status: 1, lastLine: '18 passed, 2 failed, 0 skipped' })
  })

  test.each([
    ['a test runner that writes no report', { vitest: 'exit 0' }, '15 passed, 1 failed, 0 skipped'],
    ['oracles that crash', { oracle: 'echo boom; exit 70' }, '13 passed, 1 failed, 0 skipped'],
    ['failing oracles', { oracle: `echo '{"passed":5,"failed":2}'; exit 1` }, '18 passed, 2 failed, 0 skipped'],
    ['a runner that a signal ended', { knip: 'kill -9 $$' }, '19 passed, 1 failed, 0 skipped'],
  ])('%s: failed', (_, scripts, lastLine) => {
    expect(runCheck(scripts)).toMatchObject({ status: 1, lastLine })
  })

  test('quick runs types, lint and tests only, and tells the tests', () => {
    const vitest = `[ "$HEADROOM_QUICK" = 1 ] && echo '{"passed":2,"failed":0,"skipped":[]}' > "$HEADROOM_TEST_REPORT"`
    const forbidden = { knip: 'exit 1', oxfmt: 'exit 1', playwright: 'exit 1', node: 'exit 1' }
    expect(runCheck({ vitest, ...forbidden }, ['--quick'])).toMatchObject({
      status: 0,
      lastLine: '4 passed, 0 failed, 0 skipped',
    })
  })
})

test('the vitest reporter counts what passed, failed, was skipped and broke', { timeout: 60_000 }, () => {
  const reporter = join(projectRoot, 'test/support/count-reporter.ts')
  const root = temporaryTree({
    'vitest.config.ts': `import { CountReporter } from '${reporter}'
export default { test: { reporters: [new CountReporter('report.json')] } }`,
    'cases.test.ts': `import { beforeAll, describe, expect, test } from 'vitest'
test('passes', () => expect(1).toBe(1))
test('fails', () => expect(1).toBe(2))
test('skips', ({ skip }) => skip('no server'))
test.skip('is silent', () => {})
describe('broken', () => { beforeAll(() => { throw new Error('no') }); test('never runs', () => {}) })`,
    'syntax.test.ts': 'this is no test',
  })
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  const vitest = join(projectRoot, 'node_modules/.bin/vitest')
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
  spawnSync(vitest, ['run'], { cwd: root, env })
  expect(JSON.parse(readFileSync(join(root, 'report.json'), 'utf8'))).toMatchObject({
    passed: 1,
    failed: 3,
    skipped: expect.arrayContaining([
      { name: 'cases.test.ts: skips', reason: 'no server' },
      { name: 'cases.test.ts: is silent', reason: 'no reason given' },
    ]),
  })
})
