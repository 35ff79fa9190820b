// A host that is killed while it saves and runs loses nothing that it acknowledged. The long count: node test/faults/kill-nine.ts
import { expect, test } from 'vitest'
import { killNine } from './kill-nine.ts'

test('eight kills at random moments lose nothing', { timeout: 120_000 }, async () => {
  const report = await killNine(8, 1, () => undefined)
  expect(report.losses).toEqual([])
  expect(report.saves).toBeGreaterThan(8)
  expect(report.runsStarted).toBeGreaterThan(0)
})
