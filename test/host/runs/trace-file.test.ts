// Traces from files: times, sizes that change, and where reading stops.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TraceFileOptions } from '../../../host/runs/trace-file.ts'
import { readTraceFile } from '../../../host/runs/trace-file.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'

function read(text: string, changes: Partial<TraceFileOptions> = {}) {
  return readTraceFile(join(temporaryTree({ 'trace.csv': text }), 'trace.csv'), {
    sampleRatio: undefined,
    threads: 1,
    requestsMax: Infinity,
    bytesMax: 1e9,
    isCancelled: () => false,
    onProgress: () => {},
    ...changes,
  })
}

const many = Array.from({ length: 60_000 }, (_, line) => `key ${(line * 7) % 20_011}\n`).join('')

test('times count from the first request and never go back; a key keeps its first size', async () => {
  const reading = await read('key,size,time\na,5,100\nb,0,100.5\na,7,100.25\nc,2.6,101\n')
  expect(reading).toMatchObject({ kind: 'read', unit: 'bytes', hasTimes: true, sizesIgnored: 1 })
  const [trace] = reading.kind === 'read' ? reading.gathered.traces : []
  expect([...trace!.keys]).toEqual([0, 1, 0, 2])
  expect([...trace!.timesNs!]).toEqual([0, 5e8, 5e8, 1e9])
  expect([...trace!.sizesBytes!]).toEqual([5, 1, 3])
})

test('reading ends after the requests that are wanted, even before a line that is wrong', async () => {
  const reading = await read('a,1\nb,2\nc,x\n', { requestsMax: 2 })
  expect(reading).toMatchObject({ kind: 'read', gathered: { requests: 2, distinctKeys: 2 } })
})

test('a trace that does not fit into memory is refused with what would help', async () => {
  const refused = await read(many, { bytesMax: 1e6 })
  expect(refused).toMatchObject({ kind: 'invalid' })
  const [problem] = refused.kind === 'invalid' ? refused.problems : []
  expect(problem!.message).toMatch(/^measuring the requests up to here takes \d+ MB; there is room for 1 MB$/u)
  expect(problem!.hint).toContain('--sample 1%')
  const still = await read(many, { bytesMax: 1e3, sampleRatio: 0.01 })
  const [other] = still.kind === 'invalid' ? still.problems : []
  expect(other!.hint).toMatch(/^give a smaller --sample, or --requests \d+ /u)
  const sampled = await read(many, { bytesMax: 1e6, sampleRatio: 0.01 })
  expect(sampled).toMatchObject({ kind: 'read', gathered: { requests: 60_000 } })
  expect(sampled.kind === 'read' ? sampled.gathered.traces.length : 0).toBe(8)
})

test('what was read until it is stopped is kept', async () => {
  let pieces = 0
  const sized = many.repeat(4).replaceAll('\n', ',1234\n')
  const reading = await read(sized, { isCancelled: () => ++pieces >= 1 })
  const requests = reading.kind === 'read' ? reading.gathered.requests : 0
  expect(requests).toBeGreaterThan(0)
  expect(requests).toBeLessThan(240_000)
  expect(reading).toMatchObject({ sizesIgnored: 0 })
})
