/** A weighted choice between other distributions. */

import { AliasTable } from './alias-table.ts'
import { invertCdf } from './cdf-inversion.ts'
import type { Atom, Distribution, Resolution } from './distribution.ts'
import { samplerOf } from './distribution.ts'

/** One possibility of a mixture and its weight; weights need not sum to 1. */
export interface WeightedSpec<Component> {
  readonly weight: number
  readonly distribution: Component
}

/** Each value is drawn from one component, chosen by weight. */
export interface MixtureSpec<Component> {
  readonly type: 'mixture'
  readonly components: readonly WeightedSpec<Component>[]
}

/** What a mixture does with its components: any distribution but another mixture. */
export type ComponentDistribution<Component> = Omit<
  Distribution<Component>,
  'id' | 'label' | 'help' | 'source' | 'differs'
>

/** The definition of a mixture; `resolve` takes components that are already resolved. */
export interface MixtureDistribution<Component> extends Distribution<MixtureSpec<Component>> {
  /** Problems: no component, weights that are negative or sum to nothing. */
  resolve(components: readonly WeightedSpec<Component>[]): Resolution<MixtureSpec<Component>>
}

/** The mixture over a family of distributions. */
export function defineMixture<Component>(family: ComponentDistribution<Component>): MixtureDistribution<Component> {
  type Spec = MixtureSpec<Component>

  /** Sum of weight * f(component) over the sum of weights. */
  const average = (spec: Spec, f: (component: Component) => number): number => {
    const total = spec.components.reduce((sum, { weight }) => sum + weight, 0)
    return spec.components.reduce(
      (sum, { weight, distribution }) => sum + (weight / total) * weighted(weight, distribution, f),
      0,
    )
  }
  const mean = (spec: Spec): number => average(spec, (component) => family.mean(component))
  const cdf = (spec: Spec, x: number): number => average(spec, (component) => family.cdf(component, x))

  return {
    id: 'mixture',
    label: 'Mixture',
    help: 'One of several distributions, chosen by weight for every value: small and large requests, hits and misses.',
    source:
      'Finite mixture, F(x) = sum of w F_i(x); sampled by composition, the component from an alias table (Walker 1977).',
    differs: '',
    resolve: (components) => resolveMixture(components),
    create({ components }, stream) {
      const table = new AliasTable(Float64Array.from(components, ({ weight }) => weight))
      const samplers = components.map(({ distribution }) => family.create(distribution, stream))
      return samplerOf(() => samplers[table.next(stream)]!.next())
    },
    mean,
    variance(spec) {
      const centre = mean(spec)
      return average(spec, (component) => {
        const gap = family.mean(component) - centre
        return family.variance(component) + gap * gap
      })
    },
    cdf,
    quantile(spec, p) {
      const bounds = spec.components
        .filter(({ weight }) => weight > 0)
        .map(({ distribution }) => family.quantile(distribution, p))
      const low = Math.min(...bounds)
      const high = Math.max(...bounds)
      // The quantile lies between those of the components; at the ends of the support it is the outermost of them.
      if (low === high || p <= 0) return low
      if (p >= 1) return high
      if (cdf(spec, low) >= p) return low
      return low + invertCdf((above) => cdf(spec, low + above), p, high - low)
    },
    density: (spec, x) => average(spec, (component) => family.density(component, x)),
    atoms: ({ components }) => mixedAtoms(components, family),
  }
}

/** The atoms of the components, each as probable as its component makes it. */
function mixedAtoms<Component>(
  components: readonly WeightedSpec<Component>[],
  family: ComponentDistribution<Component>,
): readonly Atom[] {
  const total = components.reduce((sum, { weight }) => sum + weight, 0)
  const jumps = new Map<number, number>()
  for (const { weight, distribution } of components) {
    for (const { value, probability } of weight > 0 ? (family.atoms?.(distribution) ?? []) : []) {
      jumps.set(value, (jumps.get(value) ?? 0) + (weight / total) * probability)
    }
  }
  return [...jumps].map(([value, probability]) => ({ value, probability })).sort((a, b) => a.value - b.value)
}

/** A component without weight counts for nothing, even where its mean is infinite. */
function weighted<Component>(weight: number, component: Component, f: (component: Component) => number): number {
  return weight === 0 ? 0 : f(component)
}

function resolveMixture<Component>(components: readonly WeightedSpec<Component>[]): Resolution<MixtureSpec<Component>> {
  if (components.length === 0) return { problem: 'the mixture has no components', hint: 'give at least one' }
  if (components.some(({ weight }) => !(weight >= 0 && weight < Infinity))) {
    return { problem: 'a weight must be a finite number of at least 0', hint: 'give shares, such as 90% and 10%' }
  }
  const total = components.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0 && total < Infinity)) {
    return { problem: 'the weights sum to nothing', hint: 'give shares, such as 90% and 10%' }
  }
  return { spec: { type: 'mixture', components } }
}
