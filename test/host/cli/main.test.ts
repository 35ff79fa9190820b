// The program as a shell starts it: exit codes, signals, pipes.
import { spawn } from 'node:child_process'
import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'

const MAIN = fileURLToPath(new URL('../../../host/cli/main.ts', import.meta.url))

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { ...process.env, ...env },
  })
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, code }
}

async function headroom(...args: readonly string[]) {
  const { child, code } = start(args)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { out, err, code: await code }
}

function scenarioFile(content: string): string {
  return join(temporaryTree({ 'study.yaml': content }), 'study.yaml')
}

test('a study that passes ends with 0, one that misses with 3, one that cannot tell with 6', async () => {
  const run = '{ duration: 4s, warmup: 1s, replications: 4 }'
  const passing = await headroom('run', scenarioFile(queueScenario(run)), '--quiet')
  expect(passing).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^pass: /u) as string })
  const missing = scenarioFile(queueScenario(run).replace('errors: 1%', 'mean: 1us'))
  expect((await headroom('run', missing, '--quiet')).code).toBe(3)
  const unclear = await headroom(
    'run',
    scenarioFile(queueScenario(run)),
    '--precision',
    '0.01%',
    '--set',
    'run.max_replications=5',
    '--quiet',
  )
  expect(unclear).toMatchObject({ code: 6, out: expect.stringMatching(/^not converged: /u) as string })
})

test('bad input ends with 2 within a second, without a stack', async () => {
  const huge = scenarioFile('version: 1\n')
  truncateSync(huge, 100 * 1024 * 1024)
  const bomb = scenarioFile(
    `a: &a [x,x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [*${'abcdefghij'[index]},*${'abcdefghij'[index]}]`)
      .join('\n')}\n`,
  )
  for (const file of [huge, bomb, '/gone.yaml', '/', scenarioFile('a: ['), scenarioFile('__proto__: { x: 1 }')]) {
    const { out, err, code } = await headroom('run', file)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/:\d+:\d+ {2}error {2}/u)
    expect(err).not.toMatch(/^ +at /mu)
  }
})

test('an interrupted study prints what is done and ends with 130', async () => {
  const file = scenarioFile(queueScenario('{ duration: 100h, warmup: 0s, replications: 1 }'))
  // On a busy machine the program may not be there yet to be interrupted, or may not have simulated anything.
  for (const delayMs of [2_500, 5_000, 10_000]) {
    const { child, code } = start(['run', file, '--json', '-'])
    const out = text(child.stdout)
    setTimeout(() => child.kill('SIGINT'), delayMs)
    const ended = await code
    const printed = await out
    if (ended === null || printed === '') continue
    expect(ended).toBe(130)
    expect(JSON.parse(printed)).toMatchObject({ partial: true, replications: 1 })
    return
  }
  throw new Error('the study could not be interrupted')
})

test('a reader that stops reading is no error', async () => {
  const { child, code } = start(['schema'])
  child.stdout.destroy()
  expect(await text(child.stderr)).toBe('')
  expect(await code).toBe(0)
})

test('wrong usage ends with 1', async () => {
  expect(await headroom('run', 'a.yaml', '--workers', '0')).toMatchObject({ code: 1, out: '' })
})
