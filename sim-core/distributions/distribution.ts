/** What a probability distribution offers: a sampler for the simulation and exact figures for everything else. */

import type { RandomStream } from '../kernel/random.ts'
import { roundNs } from '../kernel/time.ts'

/** Draws values in the base unit of the field it stands in (nanoseconds, bytes or plain numbers). */
export interface Sampler {
  next(): number
  /** Writes the next value into `into[at]`, rounded to whole ns and at least 0. */
  drawNs(into: Float64Array, at: number): void
}

/** The sampler of a function that draws. The common distributions have classes instead, which box no number on the way. */
export function samplerOf(next: () => number): Sampler {
  return {
    next,
    drawNs(into, at) {
      into[at] = roundNs(next())
    },
  }
}

/** A value that comes up with a probability of its own. */
export interface Atom {
  readonly value: number
  readonly probability: number
}

/** A parameter as it is written: name, kind of quantity and range; `value` carries the unit of the field. */
export interface ParameterDefinition {
  readonly name: string
  readonly quantity: 'value' | 'number' | 'probability'
  readonly min?: number
  /** The parameter must lie above `min`, not at it. */
  readonly exclusiveMin?: boolean
  readonly max?: number
  /** Only whole numbers are allowed. */
  readonly integer?: boolean
  /** To start from: plain numbers and probabilities as they are, values in multiples of the mean that is wanted. */
  readonly start: number
  readonly help: string
}

/** Why arguments determine no distribution, and how to mend it. */
export interface ArgumentProblem {
  readonly problem: string
  readonly hint: string
}

/** A spec for the plan, or what is wrong with the arguments. */
export type Resolution<Spec> = { readonly spec: Spec } | ArgumentProblem

/**
 * A distribution over `Spec`, plain data in base units. All figures are exact up to rounding: theory tests, estimates and
 * density pictures use them.
 */
export interface Distribution<Spec> {
  /** As written in a scenario and as `type` of the spec. */
  readonly id: string
  readonly label: string
  /** When to use it and what its parameters do, for a reader who does not know it. */
  readonly help: string
  /** Authors, title, year and section of the definition and of the sampling method. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  create(spec: Spec, stream: RandomStream): Sampler
  /** May be Infinity, as may the variance. */
  mean(spec: Spec): number
  variance(spec: Spec): number
  /** Probability of a value at or below x. */
  cdf(spec: Spec, x: number): number
  /** Smallest x whose cdf is p or more, for p in 0..1; the ends of the support at 0 and 1. */
  quantile(spec: Spec, p: number): number
  /** Probability per unit at x, without that of the atoms: 0 outside the support, Infinity at a pole. */
  density(spec: Spec, x: number): number
  /** Values with a probability of their own, ascending; absent where there are none. */
  atoms?(spec: Spec): readonly Atom[]
}

/** A distribution given by named numbers. */
export interface DistributionDefinition<Spec> extends Distribution<Spec> {
  /** Every parameter known, in positional order. */
  readonly parameters: readonly ParameterDefinition[]
  /** Which sets of parameters determine it; the first is also the positional one. */
  readonly forms: readonly (readonly string[])[]
  /** Arguments in base units; problems are unknown or missing parameters, values out of range, impossible combinations. */
  resolve(args: Readonly<Record<string, number>>): Resolution<Spec>
}

/** Completes a definition: its `resolve` may rely on one of the forms being given, every number finite and in its range. */
export function defineDistribution<Spec>(definition: DistributionDefinition<Spec>): DistributionDefinition<Spec> {
  return {
    ...definition,
    resolve: (args) => argumentProblem(definition.parameters, definition.forms, args) ?? definition.resolve(args),
  }
}

function argumentProblem(
  parameters: readonly ParameterDefinition[],
  forms: readonly (readonly string[])[],
  args: Readonly<Record<string, number>>,
): ArgumentProblem | undefined {
  const given = Object.keys(args)
  const unknown = given.find((name) => !parameters.some((parameter) => parameter.name === name))
  if (unknown !== undefined) {
    return { problem: `there is no parameter ${unknown}`, hint: `give ${describeForms(forms)}` }
  }
  if (!forms.some((form) => form.length === given.length && form.every((name) => given.includes(name)))) {
    const found = given.length === 0 ? 'nothing is given' : `${listNames(given)} alone do not determine it`
    return { problem: found, hint: `give ${describeForms(forms)}` }
  }
  for (const parameter of parameters) {
    const value = args[parameter.name]
    const problem = value === undefined ? undefined : rangeProblem(parameter, value)
    if (problem !== undefined) return { problem, hint: parameter.help }
  }
  return undefined
}

function rangeProblem(parameter: ParameterDefinition, value: number): string | undefined {
  const { name, min, max } = parameter
  if (!Number.isFinite(value)) return `${name} must be a finite number`
  if (parameter.integer === true && !Number.isInteger(value)) return `${name} must be a whole number`
  if (min !== undefined && parameter.exclusiveMin === true && value <= min) return `${name} must be above ${min}`
  if (min !== undefined && value < min) return `${name} must be at least ${min}`
  if (max !== undefined && value > max) return `${name} must be at most ${max}`
  return undefined
}

function describeForms(forms: readonly (readonly string[])[]): string {
  return forms.map(listNames).join(', or ')
}

function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
