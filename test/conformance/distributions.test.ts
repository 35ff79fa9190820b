// What every registered distribution must keep to: exact figures that agree with each other and with what it draws.
import { describe, expect, it } from 'vitest'
import type { DistributionDefinition } from '../../sim-core/distributions/distribution.ts'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import {
  DISTRIBUTIONS,
  PARAMETRIC_DISTRIBUTIONS,
  createSampler,
  distributionMean,
  distributionOf,
  distributionVariance,
} from '../../sim-core/distributions/registry.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import { drawValues, kolmogorovScore, meanScore, varianceScore } from '../sim-core/distributions/sampling.ts'

/** Arguments that every form accepts: values ascend in positional order, whole numbers serve as counts too. */
const VALUES = [2, 5, 9]
const NUMBER = 3
/** Plain numbers for which 3 makes a tail so heavy that 200 000 draws say nothing about its variance. */
const TAME_NUMBERS: Readonly<Record<string, number>> = { sigma: 0.5 }
const PROBABILITY = 0.3

const DRAWS = 200_000

/** Fixed seeds: a correct sampler stays within these. */
const SCORE_MAX = 4
const KOLMOGOROV_MAX = 1.95

const PROBABILITIES = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999]

function argumentsOf(definition: DistributionDefinition<DistributionSpec>, form: readonly string[]) {
  const args: Record<string, number> = {}
  let values = 0
  for (const name of form) {
    const quantity = definition.parameters.find((parameter) => parameter.name === name)?.quantity
    if (quantity === 'value') args[name] = VALUES[values++]!
    else args[name] = quantity === 'probability' ? PROBABILITY : (TAME_NUMBERS[name] ?? NUMBER)
  }
  return args
}

function resolved(
  definition: DistributionDefinition<DistributionSpec>,
  args: Record<string, number>,
): DistributionSpec {
  const resolution = definition.resolve(args)
  if (!('spec' in resolution)) throw new Error(`${definition.id}: ${resolution.problem}`)
  return resolution.spec
}

const parametricCases = PARAMETRIC_DISTRIBUTIONS.flatMap((definition) =>
  definition.forms.map((form) => {
    const args = argumentsOf(definition, form)
    return { name: `${definition.id}(${form.join(', ')})`, definition, args, spec: resolved(definition, args) }
  }),
)

/** Distributions whose arguments are lists rather than named numbers. */
const structuredSpecs: DistributionSpec[] = [
  { type: 'empirical', probabilities: [0, 0.5, 0.9, 0.99], values: [1, 10, 30, 100], tailMean: 30 },
  { type: 'empirical', probabilities: [0, 0.5, 1], values: [0, 10, 30], tailMean: 0 },
  {
    type: 'mixture',
    components: [
      { weight: 3, distribution: { type: 'exponential', mean: 2 } },
      { weight: 1, distribution: { type: 'lognormal', median: 9, sigma: 0.5 } },
    ],
  },
]

const cases: { name: string; spec: DistributionSpec }[] = [
  ...parametricCases,
  ...structuredSpecs.map((spec, index) => ({ name: `${spec.type} ${index + 1}`, spec })),
]

it('covers every registered distribution, each id once', () => {
  const ids = DISTRIBUTIONS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(cases.map(({ spec }) => spec.type))).toEqual(new Set(ids))
})

it.each(DISTRIBUTIONS.map((definition) => [definition.id, definition] as const))(
  '%s explains itself',
  (id, definition) => {
    expect(id).toMatch(/^[a-z]+$/)
    expect(definition.label.length).toBeGreaterThan(3)
    expect(definition.help).toMatch(/\.$/)
    expect(definition.source).toMatch(/.\.$/)
    expect(definition.differs).toMatch(/^(.+\.)?$/)
  },
)

describe.each(cases)('$name', ({ spec }) => {
  const definition = distributionOf(spec)
  const values = drawValues(spec, DRAWS)

  it('is plain data', () => {
    expect(definition.id).toBe(spec.type)
    expect(structuredClone(spec)).toEqual(spec)
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec)
  })

  it('draws values with its mean, variance and distribution', () => {
    expect(Number.isFinite(distributionMean(spec))).toBe(true)
    expect(meanScore(spec, values)).toBeLessThan(SCORE_MAX)
    expect(varianceScore(spec, values)).toBeLessThan(distributionVariance(spec) === 0 ? 1e-9 : SCORE_MAX)
    expect(kolmogorovScore(spec, values)).toBeLessThan(KOLMOGOROV_MAX)
  })

  it('draws the same values from the same stream, and others from another', () => {
    expect(drawValues(spec, 100)).toEqual(values.slice(0, 100))
    const other = drawValues(spec, 100, 2)
    expect(other.every((value, index) => value === values[index])).toBe(distributionVariance(spec) === 0)
  })

  it('stays within its support', () => {
    const smallest = values.reduce((low, value) => Math.min(low, value))
    const largest = values.reduce((high, value) => Math.max(high, value))
    expect(smallest).toBeGreaterThanOrEqual(definition.quantile(spec, 0))
    expect(largest).toBeLessThanOrEqual(definition.quantile(spec, 1))
  })

  it('has a quantile function that inverts its distribution function', () => {
    let previous = definition.quantile(spec, 0)
    for (const p of PROBABILITIES) {
      const x = definition.quantile(spec, p)
      expect(x).toBeGreaterThanOrEqual(previous)
      // A value that carries a probability of its own takes the distribution function past p.
      const reached = distributionVariance(spec) > 0 ? definition.cdf(spec, x) : p
      expect(Math.abs(reached - p)).toBeLessThan(1e-12)
      expect(definition.cdf(spec, x)).toBeGreaterThanOrEqual(p - 1e-12)
      previous = x
    }
    expect(definition.quantile(spec, 1)).toBeGreaterThanOrEqual(previous)
  })

  it('has a distribution function that rises from 0 to 1', () => {
    const grid = Array.from({ length: 400 }, (_, step) => definition.cdf(spec, -20 + step * 0.37))
    expect(grid.every((share, index) => share >= (grid[index - 1] ?? 0) && share <= 1)).toBe(true)
    expect(definition.cdf(spec, -1e9)).toBe(0)
    expect(definition.cdf(spec, 1e12)).toBeGreaterThan(1 - 1e-12)
  })

  it('has the mean and variance of its own quantile function', () => {
    // Midpoint rule over probabilities; the ends carry little for the arguments used here.
    const steps = 20_000
    let mean = 0
    for (let step = 0; step < steps; step++) mean += definition.quantile(spec, (step + 0.5) / steps) / steps
    expect(Math.abs(mean / distributionMean(spec) - 1)).toBeLessThan(2e-3)
  })
})

describe.each(parametricCases)('$name resolves', ({ definition, args, spec }) => {
  it('its positional form in the order of its parameters', () => {
    const order = definition.parameters.map(({ name }) => name)
    const positions = definition.forms[0]!.map((name) => order.indexOf(name))
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    expect(positions).not.toContain(-1)
  })

  it('to a problem and a hint where an argument is missing, unknown or not finite', () => {
    const names = Object.keys(args)
    const broken: Record<string, number>[] = [
      {},
      { ...args, nonsense: 1 },
      ...names.map((name) => ({ ...args, [name]: Number.NaN })),
      ...names.map((name) => ({ ...args, [name]: Number.POSITIVE_INFINITY })),
    ]
    for (const wrong of broken) {
      const resolution = definition.resolve(wrong)
      expect(resolution).toHaveProperty('problem')
      expect(resolution).toHaveProperty('hint')
    }
  })

  it('to a problem where an argument is out of its range', () => {
    const outside = definition.parameters.flatMap(({ name, min, max, exclusiveMin, integer }) => {
      if (args[name] === undefined) return []
      const below = min === undefined ? [] : [{ ...args, [name]: exclusiveMin === true ? min : min - 0.001 }]
      const above = max === undefined ? [] : [{ ...args, [name]: max + 1 }]
      const between = integer === true ? [{ ...args, [name]: 1.5 }] : []
      return [...below, ...above, ...between]
    })
    for (const wrong of outside) expect(definition.resolve(wrong)).toHaveProperty('problem')
  })

  it('to the same distribution in any unit', () => {
    const factor = 1e9
    const scaledArgs = Object.fromEntries(
      definition.parameters
        .filter(({ name }) => args[name] !== undefined)
        .map(({ name, quantity }) => [name, args[name]! * (quantity === 'value' ? factor : 1)]),
    )
    const scaled = resolved(definition, scaledArgs)
    expect(distributionMean(scaled) / factor / distributionMean(spec)).toBeCloseTo(1, 12)
    const small = createSampler(spec, new RandomStreams(1, 0).stream('test/unit'))
    const large = createSampler(scaled, new RandomStreams(1, 0).stream('test/unit'))
    for (let draw = 0; draw < 100; draw++) expect(large.next() / factor).toBeCloseTo(small.next(), 9)
  })
})
