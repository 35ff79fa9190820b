// Cache curves from the command line: what is measured, what is printed, what is refused, and how it is stopped.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import type { Terminal } from '../../../host/cli/terminal.ts'
import type { CacheCurve, CacheCurveApi } from '../../../host/contract/cache-curve-api.ts'
import { HostError } from '../../../host/contract/host-error.ts'
import type { Host } from '../../../host/contract/host.ts'
import { createHost } from '../../../host/create-host.ts'
import { callProgram } from '../support/command-line.ts'

const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: '/nowhere' })
afterAll(() => host.close())

const SCENARIO = `version: 1
name: Two caches
run: { duration: 10s, seed: 7 }
keys: { items: { count: 2000, popularity: zipf(1), size: 2KB } }
traffic: { clients: { rate: 100/s, mix: { app.get: 100% } } }
caches:
  pages:
    tiers:
      - { name: process, scope: replica, capacity: 100 }
      - { name: redis, capacity: 1MB, nodes: 2, eviction: redis_allkeys_lru, ttl: 5m }
  unread: { tiers: [{ name: redis, capacity: 10 }] }
services:
  app: { endpoints: { get: { steps: [{ read: { cache: pages, key: items, miss: { delay: 1ms } } }] } } }
`

const files = {
  'shop.yaml': SCENARIO,
  'plain.txt': 'a\nb\na\nc\na\nb\n',
  'sized.csv': 'time,key,size\n1,a,10\n2,b,20\n3,a,10\n4,c,30\n5,b,20\n',
  'bad.csv': 'key,size\na,1\nb,many\nc\n',
  'empty.csv': '',
  'header.csv': 'key,size\n',
  'packed.gz': gzipSync('a\nb\na\nc\na\nb\n'),
  'cut.gz': gzipSync('a\nb\na\nc\na\nb\n'.repeat(1000)).subarray(0, 40),
}

const folder = mkdtempSync(join(tmpdir(), 'headroom-cache-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)
for (const [name, content] of Object.entries(files)) writeFileSync(file(name), content)

execFileSync('/usr/bin/env', ['mkfifo', file('pipe')])

/** Runs the program as a pipe sees it, unless `changes` make a terminal of it. */
const headroom = (args: readonly string[], withHost: Host = host, changes: Partial<Terminal> = {}) =>
  callProgram(args, withHost, { terminal: changes })

function hostWith(start: CacheCurveApi['start']): Host {
  return { ...host, curves: { start } }
}

async function curveOf(args: readonly string[]): Promise<CacheCurve> {
  const { out, err, code } = await headroom(['cache', ...args, '--json', '-'])
  expect([err, code]).toEqual(['', 0])
  return JSON.parse(out) as CacheCurve
}

test('a trace of keys gives the miss ratio of each policy at each size', async () => {
  const curve = await curveOf([file('plain.txt'), '--policies', 'lru,opt,fifo'])
  expect(curve).toMatchObject({
    schema: 'headroom.cache-curve/1',
    cache: null,
    unit: 'entries',
    requests: 6,
    distinct_keys: 3,
    footprint: 3,
    compulsory_miss_ratio: 0.5,
    sample: null,
    sizes: [1, 2, 3],
    partial: false,
  })
  const ratios = Object.fromEntries(curve.policies.map(({ id, miss_ratio }) => [id, miss_ratio]))
  // a b a c a b: LRU of 2 hits a twice, FIFO of 2 once.
  expect(ratios).toEqual({ opt: [1, 3 / 6 + 1 / 6, 0.5], lru: [1, 4 / 6, 0.5], fifo: [1, 5 / 6, 0.5] })
  expect(Object.keys(ratios)[0]).toBe('opt')
  expect(curve.notes.join(' ')).toContain('1 ms apart')
})

test('sizes of values make it a curve in bytes; gzip is read as well', async () => {
  const sized = await curveOf([file('sized.csv'), '--policies', 'lru'])
  expect(sized).toMatchObject({ unit: 'bytes', requests: 5, distinct_keys: 3, footprint: 60 })
  expect(sized.policies[0]!.miss_ratio.at(-1)).toBe(3 / 5)
  expect(sized.notes.join(' ')).not.toContain('1 ms apart')
  const packed = await curveOf([file('packed.gz'), '--policies', 'lru'])
  expect(packed).toMatchObject({ requests: 6, distinct_keys: 3 })
  expect(await curveOf([file('plain.txt'), '--policies', 'lru', '--requests', '3'])).toMatchObject({ requests: 3 })
})

test('a scenario has its cache measured, with its own size marked and compared', async () => {
  const args = ['cache', file('shop.yaml'), '--cache', 'pages', '--requests', '20k']
  const policies = ['--policies', 'opt,lru,redis_allkeys_lru']
  const { out, err, code } = await headroom([...args, ...policies])
  expect([err, code]).toEqual(['', 0])
  const lines = out.split('\n')
  expect(lines[0]).toMatch(/^pages of .*shop\.yaml$/u)
  expect(lines[1]).toMatch(
    /^20\.0 k requests for 1\.\d+ k keys, 3\.\d+ MB in all; [\d.]+ % are the first for their key/u,
  )
  expect(lines[2]).toMatch(
    /^\* redis, 2\.00 MB, redis_allkeys_lru: misses [\d.]+ %; best is \w+ with [\d.]+ %; opt has/u,
  )
  expect(out).toContain('2.00 MB*')
  expect(out).toMatch(/\n {2}policy +\d.*\n {2}opt +\d.*\n {2}lru +\d.*\n {2}redis_allkeys_lru +\d/u)
  expect(out).toContain('TTLs, writes and restarts are left out')
  expect(out).toContain('The room of process is given in another unit')
  expect((await headroom([...args, ...policies])).out).toBe(out)
  expect((await headroom([...args, ...policies, '--set', 'run.seed=8'])).out).not.toBe(out)
})

test('a terminal gets the table in pieces that fit', async () => {
  const args = ['cache', file('shop.yaml'), '--cache', 'pages', '--requests', '5k', '--policies', 'lru,opt']
  const { out } = await headroom(args, host, { outColumns: 60 })
  const heads = out.split('\n').filter((line) => line.startsWith('  policy '))
  expect(heads.length).toBeGreaterThan(2)
  for (const line of heads) expect(line.length).toBeLessThanOrEqual(60)
})

test('samples tell the error, and nothing where they are too small', async () => {
  const args = [file('shop.yaml'), '--cache', 'pages', '--requests', '100k', '--policies', 'lru']
  const exact = await curveOf(args)
  const sampled = await curveOf([...args, '--sample', '20%'])
  expect(sampled.sample).toEqual({ ratio: 0.2, samples: 8, confidence: 0.95 })
  expect(sampled.requests).toBe(100_000)
  expect(Math.abs(sampled.distinct_keys / exact.distinct_keys - 1)).toBeLessThan(0.1)
  const [{ miss_ratio, low, high }] = sampled.policies as [CacheCurve['policies'][number]]
  expect(miss_ratio[0]).toBeNull()
  const last = miss_ratio.at(-1)!
  expect(low!.at(-1)!).toBeLessThan(last)
  expect(high!.at(-1)!).toBeGreaterThan(last)
  expect(Math.abs(last - exact.policies[0]!.miss_ratio.at(-1)!)).toBeLessThan(0.02)
  const { out } = await headroom(['cache', ...args, '--sample', '0.2'])
  expect(out).toContain('From 8 independent samples of 20.0 % of the keys each')
  expect(out).toMatch(/ {2}lru +– .*\d\.\d\d±\d\.\d\d/u)
})

test('JSON and CSV go to files beside the table, CSV also to a pipe', async () => {
  const args = ['cache', file('plain.txt'), '--policies', 'lru']
  const { out } = await headroom([...args, '--json', file('curve.json'), '--csv', file('curve.csv')])
  expect(out).toContain('policy')
  expect(JSON.parse(readFileSync(file('curve.json'), 'utf8'))).toMatchObject({ requests: 6 })
  const csv = 'policy,size_entries,miss_ratio\r\nlru,1,1\r\nlru,2,0.6666666666666666\r\nlru,3,0.5\r\n'
  expect(readFileSync(file('curve.csv'), 'utf8')).toBe(csv)
  expect((await headroom([...args, '--csv', '-'])).out).toBe(csv)
  const both = await headroom([...args, '--csv', '-', '--json', '-'])
  expect([both.code, both.out]).toEqual([1, ''])
  const nowhere = await headroom([...args, '--csv', file('no/such/curve.csv')])
  expect(nowhere.code).toBe(2)
  expect(nowhere.err).toMatch(/^--csv {2}error {2}there is no folder /u)
})

test.each([
  [
    'a bad line',
    ['bad.csv'],
    /bad\.csv:3:1 {2}error {2}the size many is no number of bytes\n.*\n.*bad\.csv:4:1 .*1 field/u,
  ],
  ['an empty file', ['empty.csv'], /empty\.csv:1:1 {2}error {2}there is no request in it/u],
  ['a header alone', ['header.csv'], /header\.csv:1:1 {2}error {2}there is no request in it/u],
  ['no such file', ['none.csv'], /none\.csv:1:1 {2}error {2}there is no such file/u],
  ['no such scenario', ['none.yaml'], /none\.yaml:1:1 {2}error {2}there is no such file/u],
  ['a folder', ['.'], /error {2}this is a folder/u],
  ['a pipe', ['pipe'], /pipe:1:1 {2}error {2}this is a pipe, .*\n +write it to a file/u],
  ['a file cut short', ['cut.gz'], /cut\.gz:\d+:1 {2}error {2}the compressed data ends too early/u],
  [
    'an unknown policy',
    ['plain.txt', '--policies', 'lru,s3fifo'],
    /--policies .*no policy s3fifo\n +did you mean s3_fifo\?/u,
  ],
  ['an unknown cache', ['shop.yaml', '--cache', 'page'], /--cache .*there is no cache page\n +did you mean pages\?/u],
  ['no choice of a cache', ['shop.yaml'], /--cache .*has 2 caches\n +say which one: pages, unread/u],
  [
    'a cache that nothing reads',
    ['shop.yaml', '--cache', 'unread'],
    /caches\.unread: no request reads the cache unread/u,
  ],
  ['a cache of a trace', ['plain.txt', '--cache', 'pages'], /--cache .*is a trace, which has no caches/u],
  ['settings of a trace', ['plain.txt', '--set', 'run.seed=1'], /--set .*is a trace, which has no settings/u],
  ['a broken scenario', ['shop.yaml', '--cache', 'pages', '--set', 'run.seed=x'], /--set .*error {2}run\.seed: /u],
  [
    'more than memory holds',
    ['shop.yaml', '--cache', 'pages', '--requests', '900G'],
    /--requests .*measuring takes about \d+ MB/u,
  ],
])('%s is refused with its place and a hint', async (_what, [name, ...args], message) => {
  const { out, err, code } = await headroom(['cache', file(name!), ...args])
  expect(err).toMatch(message)
  expect(err).toMatch(/\n\d+ problems?; nothing was measured\n$/u)
  expect([out, code]).toEqual(['', 2])
})

test.each([
  ['--requests', '0'],
  ['--requests', 'many'],
  ['--sample', '0%'],
  ['--sample', '100%'],
  ['--sample', '2'],
  ['--policies', 'lru,,fifo'],
])('%s %s is wrong usage', async (flag, value) => {
  const { err, code } = await headroom(['cache', file('plain.txt'), flag, value])
  expect(code).toBe(1)
  expect(err).toContain(`'${flag} <`)
})

test('Ctrl-C ends with the policies that are done', async () => {
  const seen = { interrupt: () => {} }
  const args = ['cache', file('shop.yaml'), '--cache', 'pages', '--requests', '300k', '--policies', 'lru,hyperbolic']
  const stopping = headroom(
    args,
    hostWith((request, onProgress) =>
      host.curves.start(request, (progress) => {
        onProgress(progress)
        if (progress.stage === 'replaying') seen.interrupt()
      }),
    ),
    {
      onInterrupt: (react) => {
        seen.interrupt = react
        return () => {}
      },
    },
  )
  const { out, code } = await stopping
  expect(code).toBe(130)
  expect(out).toContain('Partial: it was stopped before every policy was measured.')
  expect(out).not.toContain('hyperbolic')
})

test('progress goes to the terminal, and a thread that dies is told', async () => {
  const broken = new HostError({ code: 'worker-crashed', message: 'the thread died', hint: 'again', retryable: true })
  const dying = hostWith((_request, onProgress) => {
    onProgress({ stage: 'reading', doneRatio: 0.5, requests: 1_000_000 })
    return { outcome: Promise.reject(broken), cancel: () => {} }
  })
  const { err, code } = await headroom(['cache', 'x.csv'], dying, { isTerminal: true })
  expect(err).toContain(' 50 %  reading 1.00 M requests')
  expect(err).toContain('error: the thread died\n')
  expect(code).toBe(70)
})
