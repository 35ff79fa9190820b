// Backup targets are picked only while no primary one is eligible.

import { expect, it } from 'vitest'
import { BackupBalancer } from '../../../../../sim-core/components/service/balancing/backup-balancer.ts'
import { leastConnections } from '../../../../../sim-core/components/service/balancing/least-connections.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

it('uses the backups while there is no primary', () => {
  const options = { targets: 4, stream: new RandomStreams(1, 0).stream('test/balancer') }
  const isBackup = [false, true, false, true]
  const balancer = new BackupBalancer(leastConnections.create(options), leastConnections.create(options), isBackup)
  for (const target of isBackup.keys()) balancer.setEligible(target, true)
  expect([balancer.pick(-1), balancer.pick(-1)]).toEqual([0, 2])
  balancer.setEligible(0, false)
  balancer.opened(2)
  expect(balancer.pick(-1)).toBe(2)
  balancer.setEligible(2, false)
  balancer.opened(1)
  expect(balancer.pick(-1)).toBe(3)
  balancer.opened(3)
  balancer.opened(3)
  balancer.closed(1)
  expect(balancer.pick(-1)).toBe(1)
})

it('demands a primary target', () => {
  const options = { targets: 1, stream: new RandomStreams(1, 0).stream('test/balancer') }
  const create = () => new BackupBalancer(leastConnections.create(options), leastConnections.create(options), [true])
  expect(create).toThrow('a primary target')
})
