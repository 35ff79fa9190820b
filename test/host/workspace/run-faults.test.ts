// Faults put into a run by hand: what they do is what the same faults in the scenario would do.
import { describe, expect, test } from 'vitest'
import type { FaultRequest } from '../../../host/contract/run-records.ts'
import { studyFingerprint } from '../../../sim-core/analysis/study-fingerprint.ts'
import { planOf, replicate } from '../../support/study.ts'
import { openRuns } from './run-fixture.ts'
import type { RunFixture } from './run-fixture.ts'

const NS_PER_SECOND = 1e9

/** Two services, one with a fault of its own that lasts; a replication takes a second or so. */
function scenario(replications: number, faults: readonly string[]): string {
  return `version: 1
name: Breakable
run: { duration: 4m, warmup: 0s, bucket: 1s, seed: 7, replications: ${replications} }
traffic: { customers: { rate: 800/s, mix: { front.serve: 1 } } }
services:
  front:
    replicas: 3
    endpoints: { serve: { steps: [{ cpu: exponential(1ms) }, { call: back.serve }] } }
  back: { replicas: 2, endpoints: { serve: { steps: [{ cpu: exponential(500us) }] } } }
faults: [${['{ at: 5s, for: 200s, slow: back, by: 1.5x }', ...faults].join(', ')}]
`
}

type Fault = Pick<FaultRequest, 'target' | 'action'>

const KILL: Fault = { target: 'front', action: { kind: 'kill', replicas: 1 } }
const SLOW: Fault = { target: 'back.instance[0]', action: { kind: 'slow', factor: 2.5, forS: 10.5 } }
const RESTORE: Fault = { target: 'front', action: { kind: 'restore' } }

async function reaches(runs: RunFixture, id: string, replication: number, nowS: number): Promise<void> {
  await runs.picture(
    id,
    (live) =>
      live.replication > replication || (live.replication === replication && (live.snapshot?.nowS ?? 0) >= nowS),
  )
}

describe('faults by hand', () => {
  test('every replication has them at one instant: the run is that of the scenario with those faults', async () => {
    const runs = openRuns({ breakable: scenario(4, []) })
    const { id } = await runs.start({ scenarioId: 'breakable' })
    await reaches(runs, id, 0, 20)
    await runs.api.injectFault({ runId: id, ...KILL })
    await runs.api.injectFault({ runId: id, ...SLOW })
    await reaches(runs, id, 0, 60)
    await runs.api.injectFault({ runId: id, ...RESTORE })
    const { summary, injectedFaults, result } = await runs.until(id, 'done')
    const [kill, slow, restore] = injectedFaults.map(({ atS }) => `at: ${Math.round(atS * NS_PER_SECOND)}ns`)
    expect(injectedFaults).toMatchObject([KILL, SLOW, RESTORE])
    const plan = planOf(
      scenario(4, [
        `{ ${kill}, kill: front, replicas: 1 }`,
        `{ ${slow}, for: 10500ms, slow: "back.instance[0]", by: 2.5x }`,
        `{ ${restore}, restore: front }`,
      ]),
    )
    const written = [0, 1, 2, 3].map((replication) => replicate(plan, 7, replication))
    expect(summary).toMatchObject({ injected: 3, status: 'done' })
    expect(summary.fingerprint).toBe(studyFingerprint(written.map(({ fingerprint }) => fingerprint)))
    expect(result?.timeline.map(({ text }) => text)).toEqual(written[0]?.timeline.map(({ text }) => text))
  })

  test('replications that were over already are run again with them', async () => {
    const runs = openRuns({ breakable: scenario(5, []) })
    const { id } = await runs.start({ scenarioId: 'breakable' })
    await reaches(runs, id, 2, 1)
    const before = await runs.api.readRun(id)
    expect(before.progress?.replicationsDone).toBeGreaterThanOrEqual(2)
    await runs.api.injectFault({ runId: id, ...KILL })
    const again = await runs.picture(id)
    expect(again).toMatchObject({ replication: 0, fromBucket: 0 })
    const { summary, injectedFaults } = await runs.until(id, 'done')
    const atNs = Math.round(injectedFaults[0]!.atS * NS_PER_SECOND)
    const plan = planOf(scenario(5, [`{ at: ${atNs}ns, kill: front, replicas: 1 }`]))
    const written = [0, 1, 2, 3, 4].map((replication) => replicate(plan, 7, replication).fingerprint)
    expect(summary.fingerprint).toBe(studyFingerprint(written))
  })

  test('a run with one is never served as what its plan alone gives', async () => {
    const runs = openRuns({ breakable: scenario(1, []) })
    const { id } = await runs.start({ scenarioId: 'breakable' })
    await reaches(runs, id, 0, 1)
    await runs.api.injectFault({ runId: id, ...KILL })
    await runs.until(id, 'done')
    expect((await runs.api.startRun({ scenarioId: 'breakable' })).kind).toBe('started')
  })

  test('in a run that is paused they strike when it goes on', async () => {
    const runs = openRuns({ breakable: scenario(2, []) })
    const { id } = await runs.start({ scenarioId: 'breakable' })
    await reaches(runs, id, 0, 10)
    await runs.api.controlRun({ id, action: 'pause' })
    await runs.api.injectFault({ runId: id, ...KILL })
    const { summary, injectedFaults, live } = await runs.api.readRun(id)
    expect(summary).toMatchObject({ status: 'paused', injected: 1 })
    expect(injectedFaults[0]?.atS).toBeGreaterThanOrEqual(live?.snapshot?.nowS ?? Infinity)
    await runs.api.controlRun({ id, action: 'resume' })
    const { result } = await runs.until(id, 'done')
    expect(result?.timeline.some(({ kind, component }) => kind === 'killed' || component === 'front')).toBe(true)
  })
})

describe('what makes no sense is refused in the words of the language', () => {
  test.each<[Fault, string]>([
    [{ ...KILL, target: 'frnt' }, 'frnt'],
    [{ ...SLOW, target: 'front.shard[1]' }, 'a service has no shard'],
    [{ ...SLOW, action: { kind: 'slow', factor: 0.5, forS: 1 } }, '0.5x'],
    [{ ...KILL, target: 'front, replicas: 1 }, { at: 1s, kill: back' }, 'is not a target'],
  ])('%o', async (fault, words) => {
    const runs = openRuns({ breakable: scenario(1, []) })
    const { id } = await runs.start({ scenarioId: 'breakable' })
    await expect(runs.api.injectFault({ runId: id, ...fault })).rejects.toMatchObject({
      details: {
        code: 'invalid-call',
        message: expect.stringContaining(words) as string,
        hint: expect.stringMatching(/./u) as string,
      },
    })
    expect((await runs.api.readRun(id)).summary.injected).toBe(0)
  })

  test('a run that waits or is over cannot be broken', async () => {
    const runs = openRuns({ breakable: scenario(1, []) })
    const first = await runs.start({ scenarioId: 'breakable' })
    const second = await runs.start({ scenarioId: 'breakable', seed: 2 })
    const code = (runId: string) =>
      runs.api.injectFault({ runId, ...KILL }).then(
        () => 'none',
        (error: { details: { code: string } }) => error.details.code,
      )
    expect(await code(second.id)).toBe('invalid-call')
    expect(await code('nothing')).toBe('not-found')
    await runs.until(first.id, 'done')
    expect(await code(first.id)).toBe('invalid-call')
  })
})
