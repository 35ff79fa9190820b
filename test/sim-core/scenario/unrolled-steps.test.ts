// Steps that multiply one another are counted before anything is compiled.
import { expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

function problemsOf(steps: string, more = ''): readonly string[] {
  const text = `
version: 1
name: steps
run: { duration: 10s }
keys: { things: { count: 10 } }
traffic: { clients: { rate: 1/s, mix: { front.go: 100% } } }
services: { front: { endpoints: { go: { steps: ${steps} }, other: { steps: [ { cpu: 1ms } ] } } } }
${more}`
  return parseScenario(text, 'steps.yaml').problems.map(({ path, message }) => `${path}: ${message}`)
}

test('repetitions within repetitions count as often as they would run', () => {
  expect(problemsOf('[ { repeat: { times: 10000, steps: [ { cpu: 1ms } ] } } ]')).toEqual([])
  expect(
    problemsOf('[ { repeat: { times: 10000, steps: [ { repeat: { times: 10000, steps: [ { cpu: 1ms } ] } } ] } } ]'),
  ).toEqual([
    'services.front.endpoints.go.steps: with every repetition and every shard asked, the endpoints have 100010002 steps; the limit is 100000',
  ])
})

test('a scattered query counts once for each shard', () => {
  const database = (shards: number): string =>
    `databases: { db: { shards: { key: things, count: ${shards} }, classes: { all: { kind: read, demand: 1ms, scatter: true } } } }`
  const steps = '[ { repeat: { times: 90, steps: [ { parallel: [ [ { query: db.all } ] ] } ] } } ]'
  expect(problemsOf(steps, database(1000))).toEqual([])
  expect(problemsOf(steps, database(2000))).toHaveLength(1)
})
