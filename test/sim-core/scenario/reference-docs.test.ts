// The reference lists every algorithm there is, with its parameters, where it comes from and what is not as there.
import { expect, test } from 'vitest'
import { algorithmFamilies } from '../../../sim-core/scenario/algorithm-families.ts'
import { parametersOf } from '../../../sim-core/scenario/algorithm-parameters.ts'
import { noNames } from '../../../sim-core/scenario/names.ts'
import { referenceDocumentation } from '../../../sim-core/scenario/reference-docs.ts'
import { scenarioSchema } from '../../../sim-core/scenario/schema.ts'
import { sections } from '../../../sim-core/scenario/sections.ts'

const page = referenceDocumentation(sections)
const root = scenarioSchema(sections, noNames)

const algorithms = algorithmFamilies.flatMap((family) =>
  family.algorithms.map((algorithm) => [`${family.label}: ${algorithm.id}`, family, algorithm] as const),
)

/** The text between the heading of an algorithm and the next heading. */
function partOf(familyLabel: string, id: string): string {
  const family = page.slice(page.indexOf(`\n### ${familyLabel}\n`) + 1)
  const part = family.slice(family.indexOf(`: \`${id}\`\n`))
  return part.slice(0, part.indexOf('\n#'))
}

function keysOf(familyId: string, id: string): string[] {
  const family = algorithmFamilies.find((one) => one.id === familyId)!
  const algorithm = family.algorithms.find((one) => one.id === id)!
  return Object.keys(parametersOf(root, family, algorithm))
}

test.each(algorithms)('%s says what it does, where it is from and in what it differs', (_name, family, algorithm) => {
  for (const text of [algorithm.label, algorithm.help, algorithm.source]) expect(text).not.toBe('')
  // Distributions have a table of their own, and their origins below it.
  const part = family.id === 'distributions' ? page : partOf(family.label, algorithm.id)
  expect(part).toContain(algorithm.help)
  expect(part).toContain(`Source: ${algorithm.source}`)
  expect(part).toContain(`Differs from the source: ${algorithm.differs === '' ? 'none.' : algorithm.differs}`)
})

test('the parameters of an algorithm are those that it reads, whether each has a map of its own or all share one', () => {
  expect(keysOf('breakers', 'consecutive')).toEqual(['failures', 'open', 'successes', 'trials'])
  expect(keysOf('balancing', 'ring_hash')).toEqual(['ring_size', 'ring_size_max'])
  expect(keysOf('balancing', 'round_robin')).toEqual([])
  expect(keysOf('budgets', 'grpc')).toEqual(['tokens', 'refund'])
  expect(keysOf('concurrency', 'aimd')).toEqual(['initial', 'min', 'max', 'backoff', 'slow'])
  expect(keysOf('autoscaling', 'threshold')).toContain('response_time')
  expect(keysOf('profiles', 'daily')).toEqual(['base', 'daily', 'weekly', 'start_hour'])
  expect(keysOf('arrivals', 'bursty')).toEqual(['bursty'])
  expect(keysOf('eviction', 'lru')).toEqual([])
  expect(keysOf('strategies', 'write_behind')).toEqual(['write_behind'])
  expect(keysOf('strategies', 'cache_aside')).toEqual([])
})

test('every rule about instances and hedging is a part of the map that its family names', () => {
  for (const { id, algorithms: rules } of algorithmFamilies.filter(({ id: name }) => /instances|hedging/u.test(name))) {
    for (const rule of rules) expect(keysOf(id, rule.id)).toEqual([rule.id])
  }
})

test('every parameter that a balancer reads is found in the map that balancers share', () => {
  const { algorithms: balancers } = algorithmFamilies.find(({ id }) => id === 'balancing')!
  for (const { id, parameters } of balancers) expect(keysOf('balancing', id), id).toHaveLength(parameters.length)
})

test('a parameter has its own default for each algorithm that has one', () => {
  expect(partOf('Circuit breakers', 'hystrix')).toContain('| `open` | duration | 5s |')
  expect(partOf('Circuit breakers', 'consecutive')).toContain('| `open` | duration | 1m |')
})
