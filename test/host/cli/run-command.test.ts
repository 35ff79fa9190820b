// Running a study from the command line. What goes where, which exit code, and what happens when something breaks.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Terminal } from '../../../host/cli/terminal.ts'
import type { Host } from '../../../host/contract/host.ts'
import { HostError } from '../../../host/contract/host-error.ts'
import type { StudyApi, StudyResult } from '../../../host/contract/study-api.ts'
import { createHost } from '../../../host/create-host.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'
import { ENGINE_VERSION } from '../../../sim-core/kernel/engine-version.ts'
import { FIXED_RESULT } from './report/fixed-result.ts'
import { callProgram } from '../support/command-line.ts'

const host = createHost({ nowMs: () => performance.now(), cores: 1, libraryFolder: '/nowhere' })
afterAll(() => host.close())

/** Runs the program as a pipe sees it, unless `changes` make a terminal of it. */
const headroom = (args: readonly string[], withHost: Host = host, changes: Partial<Terminal> = {}, debug = false) =>
  callProgram(args, withHost, { terminal: changes, debug })

/** A host whose studies end as told. */
function hostWith(start: StudyApi['start']): Host {
  return { ...host, studies: { ...host.studies, start } }
}

function hostAnswering(changes: Partial<StudyResult>): Host {
  const outcome = Promise.resolve({ kind: 'done', problems: [], result: { ...FIXED_RESULT, ...changes } } as const)
  return hostWith(() => ({ outcome, cancel: () => {} }))
}

function scenarioFile(text = queueScenario('{ duration: 4s, warmup: 1s, seed: 7, replications: 2 }')): string {
  return join(temporaryTree({ 'study.yaml': text }), 'study.yaml')
}

test('the report goes to stdout, and nothing to stderr, which is no terminal', async () => {
  const { out, err, code } = await headroom(['run', scenarioFile()])
  expect(out).toContain('✓ PASS')
  expect(out).toContain('desk.serve')
  expect(err).toBe('')
  expect(code).toBe(0)
})

test('progress is shown on a terminal, and not when it is to be quiet', async () => {
  const onTerminal = { isTerminal: true, errorColumns: 80 }
  expect((await headroom(['run', scenarioFile()], host, onTerminal)).err).toContain('0 of 2 replications')
  const quiet = await headroom(['run', scenarioFile(), '--quiet'], host, onTerminal)
  expect(quiet.err).toBe('')
  expect(quiet.out).toMatch(/^pass: .+\n$/u)
})

test('JSON and CSV are written whole, and JSON on stdout stands alone', async () => {
  const root = temporaryTree({ 'study.yaml': queueScenario('{ duration: 4s, warmup: 1s, replications: 2 }') })
  const file = join(root, 'study.yaml')
  const written = await headroom(['run', file, '--json', join(root, 'out.json'), '--csv', join(root, 'csv')])
  expect(written.out).toContain('✓ PASS')
  const piped = await headroom(['run', file, '--json', '-'])
  const [fromFile, fromPipe] = [readFileSync(join(root, 'out.json'), 'utf8'), piped.out].map(
    (text) => JSON.parse(text) as StudyResult,
  )
  expect({ ...fromPipe, speed: null }).toEqual({ ...fromFile, speed: null })
  expect(readdirSync(join(root, 'csv'))).toEqual(['components.csv', 'endpoints.csv', 'objectives.csv', 'series.csv'])
  expect(readdirSync(root).toSorted()).toEqual(['csv', 'out.json', 'study.yaml'])
})

test('options change the scenario', async () => {
  const args = [
    '--seed',
    '42',
    '--replications',
    '3',
    '--duration',
    '2s',
    '--set',
    'run.warmup=0s',
    '--set',
    'name=Other',
    '--workers',
    '2',
    '--json',
    '-',
  ]
  const { out } = await headroom(['run', scenarioFile(), ...args])
  expect(JSON.parse(out)).toMatchObject({
    seed: 42,
    replications: 3,
    scenario: 'Other',
    speed: { workers: 2 },
    series: { warmup_s: 0 },
  })
})

test.each([
  [{ verdict: 'pass' }, 0],
  [{ verdict: 'fail' }, 3],
  [{ verdict: 'overloaded' }, 3],
  [{ verdict: 'not_converged' }, 6],
] as const)('%j ends with %i', async (changes, code) => {
  expect((await headroom(['run', 'any.yaml'], hostAnswering(changes))).code).toBe(code)
})

test.each([
  [['run', 'a.yaml', '--workers', '0'], "argument '0' is invalid"],
  [['run', 'a.yaml', '--workers', 'two'], "argument 'two' is invalid"],
  [['run'], "missing required argument 'file'"],
  [['run', 'a.yaml', '--sed', '1'], 'Did you mean one of --seed, --set?'],
  [['rum', 'a.yaml'], '(Did you mean run?)'],
])('wrong usage: %j', async (args, words) => {
  const { out, err, code } = await headroom(args)
  expect(code).toBe(1)
  expect(err).toContain(words)
  expect(out).toBe('')
})

test('every problem is told in one go, and nothing is run or written', async () => {
  const root = temporaryTree({ 'study.yaml': queueScenario().replace('workers: 1', 'workerz: 1') })
  const args = [
    '--duration',
    '10',
    '--set',
    'nonsense',
    '--json',
    join(root, 'gone', 'x.json'),
    '--csv',
    join(root, 'study.yaml'),
  ]
  const { out, err, code } = await headroom(['run', join(root, 'study.yaml'), ...args])
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(
    `${join(root, 'study.yaml')}:8:5  error  services.desk.workerz: unknown key "workerz"\n    did you mean workers?`,
  )
  expect(err).toContain('--duration  error  run.duration: 10 has no unit')
  expect(err).toContain('--set  error  "nonsense" sets nothing')
  expect(err).toContain(`--json  error  there is no folder ${join(root, 'gone')}`)
  expect(err).toContain('--csv  error')
  expect(err).toMatch(/5 problems; nothing was run\n$/u)
  expect(existsSync(join(root, 'gone'))).toBe(false)
})

test('a mistake of ours is told in two lines with what it takes to replay it', async () => {
  const origin = { file: 'shop.yaml', seed: 7, planHash: 'abc123', engine: '1.0.0' }
  const error = new HostError({
    code: 'internal',
    message: 'a request was lost',
    hint: 'report it',
    retryable: false,
    origin,
    trace: 'at kernel.ts:12',
  })
  const broken = hostWith(() => ({ outcome: Promise.reject(error), cancel: () => {} }))
  const { err, code } = await headroom(['run', 'shop.yaml'], broken)
  expect(code).toBe(70)
  expect(err).toBe(
    'error: a request was lost\n  seed 7, plan abc123, engine 1.0.0; replay: HEADROOM_DEBUG=1 headroom run shop.yaml --seed 7\n',
  )
  expect((await headroom(['run', 'shop.yaml'], broken, {}, true)).err).toContain('at kernel.ts:12')
})

test('an error that nobody foresaw ends with 70 and without a stack', async () => {
  const broken = hostWith(() => {
    throw new TypeError('x is not a function')
  })
  const { err, code } = await headroom(['run', 'shop.yaml'], broken)
  expect(code).toBe(70)
  expect(err).toMatch(/^error: x is not a function\n {2}this is a mistake of the program; .+\n$/u)
})

test('Ctrl-C reports what is done, marked partial, and ends with 130', async () => {
  let interrupt = (): void => {}
  let watched = true
  const interrupting: Partial<Terminal> = {
    isTerminal: true,
    onInterrupt: (react) => {
      interrupt = react
      return () => void (watched = false)
    },
  }
  const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<StudyApi['start']>['outcome']>>()
  const stoppable = hostWith(() => {
    setImmediate(() => interrupt())
    return {
      outcome: promise,
      cancel: () => resolve({ kind: 'done', problems: [], result: { ...FIXED_RESULT, partial: true } }),
    }
  })
  const { out, err, code } = await headroom(['run', 'shop.yaml'], stoppable, interrupting)
  expect(code).toBe(130)
  expect(out).toContain('partial: the study was stopped before its end')
  expect(err).toContain('stopping with what is done')
  expect(watched).toBe(false)
})

test('version and help are for a new user', async () => {
  expect((await headroom(['--version'])).out).toBe(`headroom 1.2.3, engine ${ENGINE_VERSION}\n`)
  const { out, code } = await headroom(['--help'])
  expect(code).toBe(0)
  for (const words of ['Usage: headroom', 'validate', 'oracle', 'Examples:', 'Exit codes:'])
    expect(out).toContain(words)
  expect((await headroom(['run', '--help'])).out).toContain('--precision <share>')
})

test('the oracle needs the sources', async () => {
  const { err, code } = await headroom(['oracle', '--family', 'hash'])
  expect(code).toBe(1)
  expect(err).toContain('clone the repository')
})
