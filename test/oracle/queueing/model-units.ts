// Translates the quantities of a queueing model, whose unit of time is its own, into the words of the scenario language.
import { isRecord, numberOf, numbersOf, recordOf, textOf } from '../adapters/case-fields.ts'

/**
 * The shortest mean service takes a millisecond of simulated time, so that rounding to whole nanoseconds changes no mean
 * by more than a millionth.
 */
const SHORTEST_SERVICE_NS = 1e6

const NS_PER_SECOND = 1e9

/** A distribution in the language: words, or the map of a mixture. */
export type DistributionText = string | { readonly mixture: readonly object[] }

/** A distribution of durations of the models: {type, mean, ...} as the vectors describe it. */
export type DurationParams = Readonly<Record<string, unknown>>

/** How long a model's unit of time is, and its quantities in the words of the language. */
export class ModelUnits {
  /** Nanoseconds of simulated time in one unit of the model. */
  readonly unitNs: number

  /** @param meanServices the mean service times of the model, in its own unit */
  constructor(meanServices: readonly number[]) {
    this.unitNs = SHORTEST_SERVICE_NS / Math.min(...meanServices)
  }

  /** A rate per unit of the model's time. */
  rate(perUnit: number): string {
    return `${(perUnit * NS_PER_SECOND) / this.unitNs}/s`
  }

  /** A length of the model's time. */
  duration(units: number): string {
    return `${units * this.unitNs}ns`
  }

  exponential(mean: number): string {
    return `exponential(${this.duration(mean)})`
  }

  /** A distribution as the vectors describe it. Throws on a type that they do not have so far. */
  distribution(params: DurationParams): DistributionText {
    const of = (field: string): number => numberOf(params, field)
    const mean = (): string => this.duration(of('mean'))
    switch (textOf(params, 'type')) {
      case 'deterministic':
        return mean()
      case 'exponential':
        return `exponential(${mean()})`
      case 'erlang':
        return `erlang(k ${of('k')}, mean ${mean()})`
      case 'gamma':
        return `gamma(mean ${mean()}, shape ${of('shape')})`
      case 'uniform':
        return `uniform(${this.duration(of('min'))}, ${this.duration(of('max'))})`
      case 'lognormal':
        return `lognormal(mean ${mean()}, sigma ${of('sigmaLog')})`
      case 'boundedPareto':
        return `pareto(alpha ${of('alpha')}, min ${this.duration(of('min'))}, max ${this.duration(of('max'))})`
      case 'hyperexponential':
        return this.mixture(
          numbersOf(params, 'p'),
          numbersOf(params, 'rates').map((rate) => this.exponential(1 / rate)),
        )
      case 'discrete':
        return this.mixture(
          numbersOf(params, 'p'),
          numbersOf(params, 'values').map((value) => this.duration(value)),
        )
      default:
        throw new TypeError(`no distribution of type ${String(params['type'])}`)
    }
  }

  private mixture(shares: readonly number[], parts: readonly string[]): DistributionText {
    return { mixture: shares.map((weight, i) => ({ weight, of: parts[i] })) }
  }
}

/** The mean of a distribution as the vectors describe it. */
export function meanOf(params: DurationParams): number {
  return numberOf(params, 'mean')
}

/** Squared coefficients of variation from which the vectors call a distribution heavy-tailed. */
const HEAVY_TAILED_SCV = 20

/** Whether the vectors call a distribution heavy-tailed: bounded Pareto, or a squared coefficient of variation of 20. */
export function isHeavyTailed(params: DurationParams): boolean {
  return params['type'] === 'boundedPareto' || Number(params['scv'] ?? 0) >= HEAVY_TAILED_SCV
}

/** The maps in a list. */
export function recordsOf(
  record: Readonly<Record<string, unknown>>,
  field: string,
): Readonly<Record<string, unknown>>[] {
  const value = record[field]
  if (!Array.isArray(value) || !value.every(isRecord)) throw new TypeError(`field ${field} is no list of objects`)
  return value
}

/** The service of a model or class: `service`, or exponential of rate `mu`. */
export function serviceOf(params: Readonly<Record<string, unknown>>): DurationParams {
  return params['service'] === undefined
    ? { type: 'exponential', mean: 1 / numberOf(params, 'mu') }
    : recordOf(params, 'service')
}
