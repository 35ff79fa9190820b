// The log: whole lines, bounded files, and silence where nothing can be written.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../../host/workspace/log.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('files are put aside when they are full, and only three are kept', () => {
  const folder = temporaryFolder()
  const log = openLog(folder, () => 0, 1_000)
  for (let number = 0; number < 100; number++) log('info', 'event', { number })
  const logs = join(folder, 'logs')
  expect(readdirSync(logs).toSorted()).toEqual(['headroom.1.log', 'headroom.2.log', 'headroom.log'])
  const numbers = ['headroom.2.log', 'headroom.1.log', 'headroom.log'].flatMap((name) => {
    expect(statSync(join(logs, name)).size).toBeLessThanOrEqual(1_000)
    const lines = readFileSync(join(logs, name), 'utf8').trimEnd().split('\n')
    return lines.map((line) => (JSON.parse(line) as { readonly number: number }).number)
  })
  const first = numbers[0]!
  expect(numbers).toEqual(Array.from({ length: 100 - first }, (_, index) => first + index))
})

test('a log goes on where the last process ended', () => {
  const folder = temporaryFolder()
  openLog(folder, () => 0)('info', 'first')
  openLog(folder, () => 86_400_000)('warning', 'second', { message: 'two\nlines' })
  expect(readFileSync(join(folder, 'logs', 'headroom.log'), 'utf8')).toBe(
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"first"}\n' +
      '{"time":"1970-01-02T00:00:00.000Z","level":"warning","event":"second","message":"two\\nlines"}\n',
  )
})

test('where nothing can be written nothing fails', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'logs'), 'in the way')
  expect(() => openLog(folder, () => 0)('info', 'event')).not.toThrow()
})
