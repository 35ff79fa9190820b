// The line of progress: what it says, that it fits, and that it is not rewritten more than ten times a second.
import { expect, test } from 'vitest'
import { ProgressLine, progressText } from '../../../host/cli/progress-line.ts'
import { onInterrupt } from '../../../host/cli/interrupts.ts'

const PROGRESS = {
  replicationsDone: 2,
  replicationsPlanned: 5,
  simulatedNs: 7_560e9,
  plannedNs: 18_000e9,
  requests: 15_100_000,
  elapsedMs: 35_660,
  leftMs: 41_000,
}

test('it tells share, time left, replications, simulated time, speed and requests', () => {
  expect(progressText(PROGRESS)).toBe(
    '██████████░░░░░░░░░░░░░░  42 %  41 s left  2 of 5 replications  2.1 h simulated  212x  15.1 M requests',
  )
  expect(progressText({ ...PROGRESS, leftMs: null })).toContain('starting')
})

test('it is rewritten at most ten times a second, fits its terminal and can be taken away', () => {
  const written: string[] = []
  const line = new ProgressLine(
    (text) => written.push(text),
    () => 40,
  )
  for (let elapsedMs = 0; elapsedMs < 1_000; elapsedMs += 10) line.show({ ...PROGRESS, elapsedMs })
  expect(written).toHaveLength(10)
  expect(written.every((text) => text.startsWith('\r\u001b[2K') && text.length <= 39 + 5)).toBe(true)
  line.clear()
  line.clear()
  expect(written.slice(10)).toEqual(['\r\u001b[2K'])
})

test('the same keypress delivered twice stops once; a later one ends the program', () => {
  const heard: string[] = []
  let nowMs = 1_000
  const react = onInterrupt({ nowMs: () => nowMs, stop: () => heard.push('stop'), endNow: () => heard.push('end') })
  react()
  nowMs = 1_299
  react()
  expect(heard).toEqual(['stop'])
  nowMs = 1_300
  react()
  expect(heard).toEqual(['stop', 'end'])
})
