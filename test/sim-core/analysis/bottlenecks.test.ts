// What breaks first: the place that waiting is due to, also behind what it fills up, and when it begins.
import { describe, expect, it } from 'vitest'
import { onsetOf } from '../../../sim-core/analysis/onset.ts'
import { behindCall, heldDuring } from '../../../sim-core/analysis/program-walk.ts'
import { planOf } from '../../support/study.ts'
import { studyOfText } from './study-fixture.ts'

/** Two tiers: a service in front of a database. */
function tiers(options: {
  readonly rate?: string
  readonly workers?: string
  readonly cpu?: string
  readonly pool?: string
  readonly cores?: number
  readonly demand?: string
  readonly more?: string
}): string {
  const { rate = '400/s', workers = 'unlimited', cpu = '1ms', pool, cores = 8, demand = 'exponential(2ms)' } = options
  const pooled = pool === undefined ? '' : `, pool: { max: ${pool} }`
  return `version: 1
name: two tiers
run: { duration: 60s, warmup: 5s, bucket: 1s }
traffic: { clients: { rate: ${rate}, mix: { app.get: 100% } } }
services:
  app:
    workers: ${workers}
    cpu: { cores: 4, scheduling: fifo }
    endpoints: { get: { steps: [{ cpu: exponential(${cpu}) }, { query: db.read }] } }
databases:
  db:
    primary: { cores: ${cores}, scheduling: fifo${pooled} }
    classes: { read: { kind: read, demand: ${demand} } }
${options.more ?? ''}`
}

function worst(text: string) {
  const [first] = studyOfText(text, { replications: 2 }).bottlenecks
  return first!
}

describe('the bottleneck', () => {
  it('is the tier that is busy', () => {
    expect(worst(tiers({ cpu: '9ms' }))).toMatchObject({ component: 'app', station: 'cpu' })
    const database = worst(tiers({ demand: 'exponential(18ms)' }))
    expect(database).toMatchObject({ component: 'db', station: 'primary.cpu' })
    expect(database.share_of_slow_queueing).toBeGreaterThan(0.95)
    expect(database.utilisation).toBeCloseTo(0.9, 1)
  })

  it('is the database, not the workers that wait for it', () => {
    const bottleneck = worst(tiers({ workers: '20', demand: 'exponential(19ms)' }))
    expect(bottleneck).toMatchObject({ component: 'db', station: 'primary.cpu' })
  })

  it('is the workers when all they do is wait for something that does not queue', () => {
    const text = tiers({ workers: '20' }).replace('{ query: db.read }', '{ delay: 45ms }')
    expect(worst(text)).toMatchObject({ component: 'app', station: 'workers' })
  })

  it('is the pool when it is smaller than the database behind it', () => {
    const text = tiers({ pool: '2', demand: 'exponential(4.7ms)' })
    expect(worst(text)).toMatchObject({ component: 'db', station: 'primary.pool' })
  })

  it('is the database when its pool is large enough', () => {
    const text = tiers({ pool: '200', workers: '300', demand: 'exponential(19.5ms)' })
    expect(worst(text)).toMatchObject({ component: 'db', station: 'primary.cpu' })
  })

  it('is found behind calls that time out and are tried again', () => {
    const text = `version: 1
name: retries
run: { duration: 40s, warmup: 5s, bucket: 1s }
traffic: { clients: { rate: 100/s, mix: { app.get: 100% } } }
services:
  app: { endpoints: { get: { steps: [cpu: 1ms, call: { endpoint: back.work, policy: short }] } } }
  back: { cpu: { cores: 1, scheduling: fifo }, endpoints: { work: { steps: [cpu: exponential(9.5ms)] } } }
policies: { short: { timeout: 60ms, retry: { attempts: 2, backoff: { kind: full_jitter, initial: 5ms } } } }
`
    const result = studyOfText(text, { replications: 2 })
    expect(result.clients.error_ratio.mean).toBeGreaterThan(0.5)
    expect(result.bottlenecks[0]).toMatchObject({ component: 'back', station: 'cpu' })
  })

  it('is the lock when readers wait for one that brings what all want', () => {
    const text = `version: 1
name: stampede
run: { duration: 30s, warmup: 1s, bucket: 1s }
keys: { items: { count: 5 } }
traffic: { clients: { rate: 500/s, mix: { app.get: 100% } } }
services: { app: { cpu: 4, endpoints: { get: { steps: [read: { cache: memory, key: items, miss: { delay: 200ms } }] } } } }
caches: { memory: { stampede: lock, tiers: [{ name: shared, capacity: 10, ttl: 1s }] } }
`
    expect(worst(text)).toMatchObject({ component: 'memory', station: 'lock', utilisation: null, starts_s: null })
    const once = worst(
      text
        .replace('ttl: 1s', 'ttl: 20s')
        .replace('500/s', '{ from: 500/s, stages: [{ hold: 30s }, { over: 0s, to: 1/s }] }'),
    )
    // Five keys, loaded at the start and again after twenty seconds: within the measured time that is one stretch.
    expect(once).toMatchObject({ component: 'memory', station: 'lock' })
    expect(Math.abs(once.starts_s! - 20)).toBeLessThanOrEqual(2)
  })

  it('is nothing where nobody waits', () => {
    expect(studyOfText(tiers({ rate: '1/s', cpu: '0.01ms' }), { replications: 1 }).bottlenecks).toEqual([])
  })

  it('begins with the spike that it cannot take', () => {
    const spike =
      '{ from: 200/s, stages: [{ hold: 30s }, { over: 0s, to: 900/s }, { hold: 10s }, { over: 0s, to: 200/s }] }'
    const { component, starts_s: start, utilisation_peak: peak } = worst(tiers({ rate: spike, cpu: '6ms' }))
    expect(component).toBe('app')
    expect(Math.abs(start! - 30)).toBeLessThanOrEqual(2)
    expect(peak).toBeGreaterThan(0.99)
  })

  it('begins with the fault that makes it one', () => {
    const text = tiers({ more: 'faults: [{ at: 20s, for: 5s, slow: db, by: 12x }]\n' })
    const { component, starts_s: start } = worst(text)
    expect(component).toBe('db')
    expect(Math.abs(start! - 20)).toBeLessThanOrEqual(2)
  })

  it('has no beginning when it is there throughout', () => {
    expect(worst(tiers({ cpu: '9ms', rate: '380/s' })).starts_s).toBeNull()
    const steady = '{ from: 380/s, stages: [{ hold: 59s }, { over: 1s, to: 370/s }] }'
    expect(worst(tiers({ cpu: '9ms', rate: steady })).starts_s).toBeNull()
  })
})

describe('an onset', () => {
  it.each([
    { what: 'a step', levels: [1, 1, 1, 1, 1, 1, 50, 60, 55, 1, 1], onset: 6 },
    { what: 'a slope', levels: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 20, 40, 60, 80, 100, 1], onset: 11 },
    { what: 'the crest that counts, after noise', levels: [1, 1, 1, 30, 1, 1, 1, 1, 100, 90], onset: 8 },
    { what: 'a beginning at the very start', levels: [90, 100, 1, 1, 1, 1, 1, 1], onset: 0 },
    { what: 'nothing in what comes and goes', levels: [1, 40, 1, 1, 50, 1, 1, 45, 1, 1, 60, 1, 1, 50, 1], onset: null },
    { what: 'nothing in level ground', levels: [10, 12, 9, 30, 11, 10], onset: null },
    { what: 'nothing in zeros', levels: [0, 0, 0], onset: null },
    { what: 'nothing in nothing', levels: [], onset: null },
  ])('finds $what', ({ levels, onset }) => {
    expect(onsetOf(levels)).toBe(onset)
  })
})

describe('what lies behind an instruction', () => {
  const plan = planOf(`version: 1
name: walk
run: { duration: 1s }
keys: { items: { count: 10 } }
traffic: { clients: { rate: 1/s, mix: { app.get: 100% } } }
services:
  app:
    workers: 2
    endpoints:
      get:
        steps:
          - cpu: 1ms
          - read: { cache: memory, key: items, miss: { query: db.read } }
          - parallel: [[{ call: back.work }], [{ delay: 1ms }]]
  back: { workers: 3, endpoints: { work: { steps: [cpu: 1ms] } } }
caches: { memory: { stampede: lock, tiers: [{ name: shared, capacity: 10, servers: 1, demand: 0.1ms }] } }
databases: { db: { primary: { cores: 1, pool: { max: 2 } }, classes: { read: { kind: read, demand: 1ms } } } }
`)
  const named = (pcs: ReadonlySet<number>): string[] =>
    [...pcs].map((pc) => {
      const { owner, op } = plan.instructions[pc]!
      return `${plan.components[owner]?.id ?? 'kernel'} ${op}`
    })
  const at = (component: string, op: string): number =>
    plan.instructions.findIndex((entry) => entry.op === op && plan.components[entry.owner]?.id === component)

  it('is what is done while a worker, a connection or a lock is held', () => {
    const worker = named(heldDuring(plan, at('app', 'acquire_worker')))
    expect(worker).toEqual(expect.arrayContaining(['app cpu', 'memory lock', 'db acquire', 'db work', 'back cpu']))
    expect(worker).not.toContain('app release_worker')
    expect(worker).not.toContain('app acquire_worker')
    expect(named(heldDuring(plan, at('db', 'acquire')))).toEqual(['db work'])
    const lock = named(heldDuring(plan, at('memory', 'lock')))
    expect(lock).toEqual(expect.arrayContaining(['memory miss', 'db acquire', 'db work', 'memory fill']))
    expect(lock).not.toContain('back cpu')
  })

  it('is nothing for what is used and not held', () => {
    const used = [at('app', 'cpu'), at('back', 'cpu'), at('db', 'work'), at('memory', 'serve'), at('app', 'return')]
    for (const pc of used) expect(heldDuring(plan, pc).size).toBe(0)
  })

  it('is for a call what it leads to, nested calls included', () => {
    const call = plan.instructions.findIndex(({ op, service }) => op === 'call' && service >= 0)
    const behind = named(behindCall(plan, call))
    expect(behind).toEqual(expect.arrayContaining(['back acquire_worker', 'back cpu']))
    expect(behind).not.toContain('app cpu')
    expect(behindCall(plan, at('app', 'cpu')).size).toBe(0)
  })
})
