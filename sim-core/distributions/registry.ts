/** The list of distributions, and what can be done with a spec whatever its type. */

import type { RandomStream } from '../kernel/random.ts'
import { invariant } from '../kernel/invariant.ts'
import { constantDistribution } from './constant.distribution.ts'
import type { Distribution, DistributionDefinition, Sampler } from './distribution.ts'
import { empiricalDistribution } from './empirical.distribution.ts'
import { erlangDistribution } from './erlang.distribution.ts'
import { exponentialDistribution } from './exponential.distribution.ts'
import { gammaDistribution } from './gamma.distribution.ts'
import { hyperexponentialDistribution } from './hyperexponential.distribution.ts'
import { lognormalDistribution } from './lognormal.distribution.ts'
import { defineMixture } from './mixture.distribution.ts'
import type { MixtureSpec } from './mixture.distribution.ts'
import { normalDistribution } from './normal.distribution.ts'
import { paretoDistribution } from './pareto.distribution.ts'
import { triangularDistribution } from './triangular.distribution.ts'
import { uniformDistribution } from './uniform.distribution.ts'
import { weibullDistribution } from './weibull.distribution.ts'

/** Every distribution that named numbers determine. */
const PARAMETRIC = [
  constantDistribution,
  uniformDistribution,
  exponentialDistribution,
  erlangDistribution,
  gammaDistribution,
  lognormalDistribution,
  weibullDistribution,
  paretoDistribution,
  hyperexponentialDistribution,
  normalDistribution,
  triangularDistribution,
] as const

type SpecOf<Definition> = Definition extends Distribution<infer Spec> ? Spec : never

/** A distribution in a plan that may stand inside a mixture: plain data, base units. */
export type ComponentSpec = SpecOf<(typeof PARAMETRIC)[number]> | SpecOf<typeof empiricalDistribution>

/** A distribution in a plan: plain data, base units. */
export type DistributionSpec = ComponentSpec | MixtureSpec<ComponentSpec>

/** Every distribution that named numbers determine, in the order in which a list should show them. */
export const PARAMETRIC_DISTRIBUTIONS: readonly DistributionDefinition<DistributionSpec>[] = PARAMETRIC

const components: ReadonlyMap<string, Distribution<ComponentSpec>> = new Map(
  [...PARAMETRIC, empiricalDistribution].map((definition): [string, Distribution<ComponentSpec>] => [
    definition.id,
    definition,
  ]),
)

function componentOf(spec: ComponentSpec): Distribution<ComponentSpec> {
  const definition = components.get(spec.type)
  invariant(definition !== undefined, 'the type of a spec is registered')
  return definition
}

/** The mixture of any other distributions. */
export const mixtureDistribution = defineMixture<ComponentSpec>({
  create: (spec, stream) => componentOf(spec).create(spec, stream),
  mean: (spec) => componentOf(spec).mean(spec),
  variance: (spec) => componentOf(spec).variance(spec),
  cdf: (spec, x) => componentOf(spec).cdf(spec, x),
  quantile: (spec, p) => componentOf(spec).quantile(spec, p),
  density: (spec, x) => componentOf(spec).density(spec, x),
  atoms: (spec) => componentOf(spec).atoms?.(spec) ?? [],
})

/** Every distribution there is. */
export const DISTRIBUTIONS: readonly Distribution<DistributionSpec>[] = [
  ...PARAMETRIC,
  empiricalDistribution,
  mixtureDistribution,
]

/** The definition that a spec belongs to. */
export function distributionOf(spec: DistributionSpec): Distribution<DistributionSpec> {
  return spec.type === 'mixture' ? mixtureDistribution : componentOf(spec)
}

/** A sampler that draws from that stream. */
export function createSampler(spec: DistributionSpec, stream: RandomStream): Sampler {
  return distributionOf(spec).create(spec, stream)
}

/** The exact mean, in the unit of the spec. */
export function distributionMean(spec: DistributionSpec): number {
  return distributionOf(spec).mean(spec)
}

/** The exact variance, in the squared unit of the spec. */
export function distributionVariance(spec: DistributionSpec): number {
  return distributionOf(spec).variance(spec)
}
