// Delays: whole ns, counted as network or as service, cut short when the frame is taken out.
import { expect, test } from 'vitest'
import { samplerOf } from '../../../sim-core/distributions/distribution.ts'
import { Delay } from '../../../sim-core/kernel/delay.ts'
import { CAUSE_INSTANCE_KILLED } from '../../../sim-core/kernel/outcome.ts'
import { ProgramRig } from './program-rig.ts'

function rig(durationNs: number, network: boolean): ProgramRig {
  return new ProgramRig((kernel, end) => [
    new Delay(
      kernel,
      1,
      1,
      samplerOf(() => durationNs),
      network,
    ),
    end(1),
  ])
}

test.each([
  [10.4, 10],
  [10.5, 11],
  [0.2, 0],
  [-3, 0],
])('%d ns drawn take %d', (drawn, taken) => {
  const delays = rig(drawn, true)
  delays.start(100, 0)
  expect(delays.run()).toMatchObject([{ endNs: 100 + taken, networkNs: taken }])
})

test('time outside the model is no network', () => {
  const delays = rig(10, false)
  delays.start(0, 0)
  expect(delays.run()).toMatchObject([{ endNs: 10, networkNs: 0, queueNs: 0 }])
})

test('cut short, only the time that passed counts', () => {
  const delays = rig(100, true)
  delays.start(0, 0)
  delays.start(10, 0)
  delays.cancelAt(30, 0)
  delays.at(70, 0, () => delays.kernel.evict(1, CAUSE_INSTANCE_KILLED))
  expect(delays.run()).toMatchObject([
    { endNs: 30, networkNs: 30, cause: 'cancelled' },
    { endNs: 70, networkNs: 60, cause: 'instance_killed' },
  ])
})
