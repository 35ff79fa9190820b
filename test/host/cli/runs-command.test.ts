// Runs that are kept: from `run --save` over list, show, delete and restore to a file and back.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'
import { callProgram } from '../support/command-line.ts'

const host = createHost({ nowMs: () => performance.now(), cores: 1, libraryFolder: '/nowhere' })
afterAll(() => host.close())

/** The program as a pipe sees it, over a data folder. */
function program(folder: string) {
  return (...args: readonly string[]) => callProgram([...args, '--data', join(folder, 'data')], host)
}

function folderWithScenario(): string {
  return temporaryTree({ 'desk.yaml': queueScenario('{ duration: 4s, warmup: 1s, seed: 7, replications: 2 }') })
}

test('a run that was saved is listed, and shown as it was printed', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  expect((await headroom('runs', 'list')).out).toContain('no run is kept here yet')
  const ran = await headroom('run', join(folder, 'desk.yaml'), '--save')
  expect(ran.err).toMatch(/^kept as run #1 in .*data; headroom runs show 1 prints it again\n$/u)
  const { out } = await headroom('runs', 'list')
  expect(out).toMatch(/^ +run +begun +scenario +verdict +p95 /u)
  expect(out).toMatch(/ #1 +\d{4}-\d\d-\d\d \d\d:\d\d +One queue +pass +[\d.]+ ms +0 % .* 7 +2\n$/u)
  const shown = await headroom('runs', 'show', '#1')
  expect(shown.out).toMatch(/^run #1, One queue, done, begun .*: pass\n/u)
  expect(shown.out.slice(shown.out.indexOf('\n') + 1)).toBe(ran.out)
})

test('JSON holds the whole run', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  const { out: plain } = await headroom('run', join(folder, 'desk.yaml'), '--save', '--json', '-')
  const listed = JSON.parse((await headroom('runs', 'list', '--json')).out) as {
    readonly runs: { readonly id: string }[]
  }
  expect(listed).toMatchObject({ schema: 'headroom.runs/1', runs: [{ number: 1, status: 'done', seed: 7 }] })
  const id = listed.runs[0]?.id ?? ''
  const shown = JSON.parse((await headroom('runs', 'show', id.slice(0, 6), '--json')).out) as object
  expect(shown).toMatchObject({
    schema: 'headroom.run/1',
    run: { id },
    scenario: expect.stringContaining('workers: 1') as string,
  })
  expect(shown).toMatchObject({ result: JSON.parse(plain) as unknown })
})

test('the scenario is kept with the changes it ran with', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  await headroom('run', join(folder, 'desk.yaml'), '--save', '--seed', '9', '--set', 'services.desk.workers=3')
  const { out } = await headroom('runs', 'show', '1', '--json')
  expect(JSON.parse(out)).toMatchObject({ run: { seed: 9 }, scenario: expect.stringMatching(/workers: 3/u) as string })
})

test('deleted runs come back by what delete prints', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  for (const seed of ['1', '2']) await headroom('run', join(folder, 'desk.yaml'), '--save', '--seed', seed, '--quiet')
  const deleted = await headroom('runs', 'delete', '1', '2')
  const [, first = '', second = ''] = /restore (\w+) .*\n.*restore (\w+) /u.exec(deleted.out) ?? []
  expect((await headroom('runs', 'list')).out).toContain('no run is kept here')
  expect((await headroom('runs', 'restore', first)).out).toMatch(/^run #1, One queue, done/u)
  expect((await headroom('runs', 'list')).out).not.toContain('#2')
  const unknown = await headroom('runs', 'restore', second, 'nobody')
  expect(unknown).toMatchObject({ code: 2, out: expect.stringMatching(/^run #2/u) as string })
  expect(unknown.err).toContain('no deleted run has the id nobody')
})

test('a bundle goes to another folder, and is verified there', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  await headroom('run', join(folder, 'desk.yaml'), '--save', '--quiet')
  await headroom('run', join(folder, 'desk.yaml'), '--save', '--quiet', '--precision', '20%', '--replications', '3')
  const file = join(folder, 'two.headroom')
  expect(await headroom('runs', 'export', '1', '2', '--output', file)).toMatchObject({ out: `${file}\n`, code: 0 })
  expect(existsSync(file)).toBe(true)
  const there = program(temporaryTree({}))
  const imported = await there('runs', 'import', file, '--verify')
  expect(imported).toMatchObject({ code: 0, err: '' })
  expect(imported.out).toMatch(/^scenario desk\.yaml, One queue\nrun #1, .*\nrun #2, .*\n/u)
  expect(imported.out.match(/run #\d verified: run again here, all \d{3,} values are the same/gu)).toHaveLength(2)
  expect((await there('runs', 'import', file)).out).toBe('2 runs are already here\n')
  expect((await there('runs', 'show', '1')).out).toContain('✓ PASS')
})

test('a number that was changed on the way is found, a run that cannot be verified says why', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  await headroom('run', join(folder, 'desk.yaml'), '--save', '--quiet')
  const file = join(folder, 'one.headroom')
  await headroom('runs', 'export', '1', '--output', file)
  const json = gunzipSync(readFileSync(file)).toString('utf8')
  const tampered = json.replace(/"arrivals":(\d+)/u, (_, count: string) => `"arrivals":${Number(count) + 1}`)
  writeFileSync(file, gzipSync(tampered))
  const found = await program(temporaryTree({}))('runs', 'import', file, '--verify')
  expect(found.code).toBe(2)
  expect(found.out).toMatch(/run #1 differs when it is run again here:\n {2}clients\.arrivals: \d+, now \d+\n$/u)
  writeFileSync(file, gzipSync(json.replaceAll(/"engine":"[^"]+"/gu, '"engine":"0.0.1"')))
  const other = await program(temporaryTree({}))('runs', 'import', file, '--verify')
  expect(other).toMatchObject({
    code: 0,
    out: expect.stringContaining('not verified: it ran on engine 0.0.1') as string,
  })
})

test.each([
  [['runs', 'show', '41'], 'there is no run 41'],
  [['runs', 'delete', '#7'], 'there is no run #7'],
  [['runs', 'export', 'abcd'], 'there is no run abcd'],
  [['runs', 'import', '/nowhere/x.headroom'], 'cannot be read'],
])('%j ends with 2 and a hint', async (args, message) => {
  const { code, out, err } = await program(temporaryTree({}))(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
  expect(err.split('\n')).toHaveLength(3)
  expect(err).not.toContain('HEADROOM_DEBUG')
})

test('a file that is no good ends with 2, and says where and why', async () => {
  const folder = temporaryTree({ 'x.headroom': 'no bundle', 'y.yaml': '[1, 2]' })
  for (const name of ['x.headroom', 'y.yaml']) {
    const { code, err } = await program(folder)('runs', 'import', join(folder, name))
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^${name}:\\d+:\\d+ {2}error {2}`, 'u'))
    expect(err).toMatch(/1 problem; nothing was imported\n$/u)
  }
})

test('a folder that somebody else works in can be looked at, but nothing is kept there', async () => {
  const folder = folderWithScenario()
  const headroom = program(folder)
  await headroom('run', join(folder, 'desk.yaml'), '--save', '--quiet')
  const other = await host.openWorkspace({ dataFolder: join(folder, 'data'), wallMs: Date.now })
  try {
    expect((await headroom('runs', 'list')).out).toContain('#1')
    const refused = await headroom('run', join(folder, 'desk.yaml'), '--save')
    expect(refused).toMatchObject({ code: 5, out: '' })
    expect(refused.err).toContain('the run could not be kept')
    expect(await headroom('runs', 'delete', '1')).toMatchObject({ code: 5, out: '' })
  } finally {
    await other.close()
  }
})
