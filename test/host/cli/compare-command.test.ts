// Comparing results from the command line: what is printed, and what is refused.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HostApi } from '../../../host/contract/host-api.ts'
import type { Host } from '../../../host/contract/host.ts'
import { createHost } from '../../../host/create-host.ts'
import { callProgram } from '../support/command-line.ts'

const host = createHost({ nowMs: () => performance.now(), cores: 1, libraryFolder: '/nowhere' })
afterAll(() => host.close())

function scenario(cores: number): string {
  return `version: 1
name: Some cores
run: { duration: 20s, warmup: 1s, seed: 7, replications: 6 }
traffic: { clients: { rate: 250/s, mix: { serve: 100% } } }
services:
  app:
    cpu: { cores: ${cores}, scheduling: fifo }
    endpoints: { serve: { slo: { p95: 18ms }, steps: [{ cpu: exponential(5ms) }] } }
`
}

const files = {
  'two.yaml': scenario(2),
  'four.yaml': scenario(4),
  'broken.json': '{ "schema": "headroom.result/1",\n  "engine": }\n',
  'other.json': '{ "schema": "headroom.validation/1" }\n',
}

const folder = mkdtempSync(join(tmpdir(), 'headroom-compare-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

const headroom = (args: readonly string[], withHost: Host = host) =>
  callProgram(args, withHost, { terminal: { outColumns: 120 } })

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(file(name), text)
  await headroom(['run', file('two.yaml'), '--json', file('two.json'), '--quiet'])
  await headroom(['run', file('four.yaml'), '--json', file('four.json'), '--quiet'])
  await headroom([
    'run',
    file('four.yaml'),
    '--seed',
    '8',
    '--replications',
    '1',
    '--json',
    file('one.json'),
    '--quiet',
  ])
})

test('the verdict comes first, then what differs by how much', async () => {
  const { out, err, code } = await headroom(['compare', file('two.json'), file('four.json')])
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out.split('\n')[0]).toMatch(/^B is better than A: p95 .* ms → .* ms \(−\d+ % ± [\d.]+ %\); errors equal/u)
  expect(out).toContain('Paired: 6 replications with the same seed, 7, saw the same traffic.')
  expect(out).toMatch(/✓ p95 +[\d.]+ ms +[\d.]+ ms +−[\d.]+ ms ± [\d.]+ +−[\d.]+ % ± [\d.]+ +better\n/u)
  expect(out).toMatch(/↓ app utilisation +[\d.]+ % +[\d.]+ % +−[\d.]+ pp ± [\d.]+ +−[\d.]+ % ± <?[\d.]+ +lower\n/u)
  expect(out).not.toContain('app cpu queue length')
})

test('--all tells every figure', async () => {
  const [some, all] = await Promise.all(
    [[], ['--all']].map((options) => headroom(['compare', file('two.json'), file('four.json'), ...options])),
  )
  expect(all!.out.split('\n').length).toBeGreaterThan(some!.out.split('\n').length)
  expect(all!.out).toContain('app cpu queue length')
})

test('--json gives the whole comparison to programs', async () => {
  const { out } = await headroom(['compare', file('two.json'), file('four.json'), '--json'])
  const comparison = JSON.parse(out) as Record<string, unknown>
  expect(comparison).toMatchObject({
    schema: 'headroom.comparison/1',
    confidence: 0.95,
    warnings: [],
    ranking: [],
    scenario_changes: [],
  })
  expect(comparison['pairs']).toMatchObject([{ baseline: 'A', candidate: 'B', paired: true, verdict: 'better' }])
})

test('three are ranked, and a single run has no interval', async () => {
  const { out } = await headroom(['compare', file('two.json'), file('four.json'), file('one.json')])
  expect(out).toContain('! C has a single replication: differences have no interval.')
  expect(out).toMatch(
    /Cannot tell C from A: a single replication says nothing about chance\. Run at least two of each/u,
  )
  expect(out).toMatch(/Ranking {2}by objectives held, then p95\n {2}1–2 +[BC] +1 of 1/u)
})

test('what cannot be compared is told with its place and a hint, all of it at once', async () => {
  const names = ['two.yaml', 'broken.json', 'other.json', 'two.json'].map(file)
  const { out, err, code } = await headroom(['compare', ...names])
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(`${file('two.yaml')}:1:1  error  is not JSON`)
  expect(err).toContain('this looks like a scenario: run it first')
  expect(err).toContain(`${file('broken.json')}:2:13  error  is not JSON`)
  expect(err).toContain(`${file('other.json')}:1:1  error  schema: is no result`)
  expect(err).toContain('3 problems; nothing was compared')
})

test('one run alone is wrong usage', async () => {
  expect((await headroom(['compare', file('two.json')])).code).toBe(1)
})

test('kept runs are found by number or id, with what was changed in the scenario', async () => {
  const results = ['two', 'four'].map((name): unknown => JSON.parse(readFileSync(file(`${name}.json`), 'utf8')))
  const summaries = [
    { id: 'first', number: 41, status: 'done' },
    { id: 'second', number: 42, status: 'done' },
    { id: 'third', number: 43, status: 'failed' },
  ]
  let closed = 0
  const api = {
    listRuns: async () => summaries,
    readRun: async (id: string) => {
      const at = summaries.findIndex((summary) => summary.id === id)
      return { summary: summaries[at], scenarioText: scenario(at === 0 ? 2 : 4), result: results[at] ?? null }
    },
  } as unknown as HostApi
  const withRuns: Host = {
    ...host,
    openWorkspace: async () => ({
      api,
      onEvent: () => () => {},
      keep: () => Promise.reject(new Error('nothing is kept here')),
      close: async () => void (closed += 1),
    }),
  }
  const { out, code } = await headroom(['compare', '41', 'second'], withRuns)
  expect(code).toBe(0)
  expect(out).toContain('run #41')
  expect(out).toContain('Scenario, A → B\n  services.app.cpu.cores: 2 → 4\n')
  expect(closed).toBe(1)
  const refused = await headroom(['compare', '#43', '44'], withRuns)
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('run #43 has no result: it is failed')
  expect(refused.err).toContain('44:1:1  error  is neither a file nor a run of the data folder')
  expect(closed).toBe(2)
})
