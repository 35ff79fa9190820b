// Studies on real threads: the same result for any number of them, precision, cancellation, and what is refused.
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { jsonText } from '../../../host/cli/export/json-text.ts'
import type { StudyOutcome, StudyProgress, StudyRequest, StudyResult } from '../../../host/contract/study-api.ts'
import { createHost } from '../../../host/create-host.ts'
import { resultJsonSchema, resultSchema } from '../../../host/runs/result-schema.ts'
import { studyFingerprint } from '../../../sim-core/analysis/study-fingerprint.ts'
import { createRun } from '../../../sim-core/run.ts'
import { finishRun, planOf } from '../../support/study.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'

const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: '/nowhere' })
afterAll(() => host.close())

function requestFor(text: string, overrides: readonly string[] = [], workers?: number): StudyRequest {
  const file = join(temporaryTree({ 'study.yaml': text }), 'study.yaml')
  return {
    file,
    overrides: overrides.map((override) => ({ flag: '--set', text: override })),
    ...(workers === undefined ? {} : { workers }),
  }
}

async function outcomeOf(
  request: StudyRequest,
  onProgress: (progress: StudyProgress) => void = () => {},
): Promise<StudyOutcome> {
  return await host.studies.start(request, onProgress).outcome
}

async function resultOf(request: StudyRequest): Promise<StudyResult> {
  const outcome = await outcomeOf(request)
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome.problems))
  return outcome.result
}

test('one thread and two give the same JSON but for speed, and a real result fits the published schema', async () => {
  const [one, two] = await Promise.all([1, 2].map((workers) => resultOf(requestFor(queueScenario(), [], workers))))
  expect(one?.speed.workers).toBe(1)
  expect(jsonText({ ...two, speed: null })).toBe(jsonText({ ...one, speed: null }))
  expect(resultSchema.parse(JSON.parse(jsonText(one)))).toEqual(JSON.parse(JSON.stringify(one)))
})

test('threads, which take 50,000 events a step, find what single steps find', async () => {
  const text = queueScenario('{ duration: 3s, warmup: 0s, seed: 11, replications: 2 }')
  const result = await resultOf(requestFor(text))
  const plan = planOf(text)
  const stepped = [0, 1].map((replication) => finishRun(createRun(plan, 11, replication), 1).fingerprint)
  expect(result.fingerprint).toBe(studyFingerprint(stepped))
})

test('progress grows to its end', async () => {
  const seen: StudyProgress[] = []
  await outcomeOf(requestFor(queueScenario()), (progress) => seen.push(progress))
  const last = seen.at(-1)
  expect(seen[0]?.simulatedNs).toBe(0)
  expect(last).toMatchObject({ replicationsDone: 3, replicationsPlanned: 3, simulatedNs: 60e9, plannedNs: 60e9 })
  expect(last?.requests).toBeGreaterThan(40_000)
})

test('a precision adds replications until the intervals are narrow enough, the same for any number of threads', async () => {
  const text = queueScenario('{ duration: 20s, warmup: 2s, seed: 7, replications: 3, precision: 8% }')
  const [one, two] = await Promise.all([1, 2].map((workers) => resultOf(requestFor(text, [], workers))))
  expect(one?.replications).toBeGreaterThan(3)
  expect(one?.verdict).toBe('pass')
  const { mean, low, high } = one?.clients.latency_ms.p95 ?? { mean: null, low: null, high: null }
  expect(((high ?? Infinity) - (low ?? 0)) / 2).toBeLessThanOrEqual(0.08 * (mean ?? 0))
  expect(jsonText({ ...two, speed: null })).toBe(jsonText({ ...one, speed: null }))
})

test('a precision that cannot be reached is told', async () => {
  const text = queueScenario('{ duration: 1s, warmup: 0s, replications: 2, max_replications: 3, precision: 0.1% }')
  const result = await resultOf(requestFor(text))
  expect(result).toMatchObject({ verdict: 'not_converged', replications: 3, partial: false })
})

test('a cancelled study keeps what is done and is partial', async () => {
  const request = requestFor(queueScenario('{ duration: 10h, warmup: 0s, replications: 2 }'))
  const study = host.studies.start(request, ({ simulatedNs }) => {
    if (simulatedNs > 0) study.cancel()
  })
  const outcome = await study.outcome
  expect(outcome).toMatchObject({ kind: 'done', result: { partial: true, replications: 1 } })
})

test('a study cancelled before it began is an error', async () => {
  const study = host.studies.start(requestFor(queueScenario(), [], 3), () => {})
  study.cancel()
  const outcome = await study.outcome.catch((error: unknown) => error)
  expect(outcome).toSatisfy(
    (found) =>
      (found as { details?: { code: string } }).details?.code === 'cancelled' ||
      (found as { result?: { partial: boolean } }).result?.partial === true,
  )
})

test('problems of overrides are placed at the option that made them', async () => {
  const request = requestFor(queueScenario())
  const outcome = await outcomeOf({
    ...request,
    overrides: [
      { flag: '--set', text: 'services.desk.worker=2' },
      { flag: '--duration', text: 'run.duration=10' },
    ],
  })
  expect(outcome).toMatchObject({
    kind: 'invalid',
    problems: [{ file: '--set' }, { file: '--duration', path: 'run.duration' }],
  })
  expect(await host.studies.check(request)).toEqual([])
})

test('what no machine can simulate is refused with the estimate, at its place', async () => {
  const start = performance.now()
  const inFile = await outcomeOf(
    requestFor(queueScenario('{ duration: 90d, replications: 5 }').replace('800/s', '1000000/s')),
  )
  const place = { code: 'too-large', path: 'traffic.customers.rate', line: 5, column: 31 }
  expect(inFile).toMatchObject({ kind: 'invalid', problems: [place] })
  const inOption = await outcomeOf(
    requestFor(queueScenario(), ['traffic.customers.rate=1000000000/s', 'run.duration=60d']),
  )
  expect(inOption).toMatchObject({
    kind: 'invalid',
    problems: [{ file: '--set', message: expect.stringContaining('million') as string }],
  })
  expect(performance.now() - start).toBeLessThan(1_000)
})

test('the published schema is up to date', async () => {
  const text = `${JSON.stringify(resultJsonSchema(), null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../../scenarios/result.schema.json')
  expect(await host.studies.resultSchema()).toEqual(resultJsonSchema())
})
