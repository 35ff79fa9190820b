// Simulated seconds per second, over the last two of them.
import { expect, test } from 'vitest'
import { SpeedMeter } from '../../../host/runs/speed-meter.ts'

test('tells nothing at first, then how fast it went of late', () => {
  const meter = new SpeedMeter()
  expect(meter.read(1_000, 0)).toBeNull()
  expect(meter.read(1_100, 3e9)).toBeNull()
  expect(meter.read(1_200, 6e9)).toBeCloseTo(30)
  for (let ms = 1_300; ms <= 6_000; ms += 100) meter.read(ms, 6e9 + (ms - 1_200) * 10e6)
  expect(meter.read(6_100, 6e9 + 4_900 * 10e6)).toBeCloseTo(10)
})

test('forgets what was before a pause', () => {
  const meter = new SpeedMeter()
  meter.read(0, 0)
  meter.read(500, 5e9)
  meter.reset()
  expect(meter.read(60_000, 5e9)).toBeNull()
  expect(meter.read(60_500, 6e9)).toBeCloseTo(2)
})
