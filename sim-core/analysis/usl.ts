// The Universal Scalability Law: throughput against concurrency, its peak, and its fit to measured points.
import { leastSquaresStep } from './least-squares.ts'
import { meanOf, squaredDeviations } from './moments.ts'

/**
 * N. J. Gunther, Guerrilla Capacity Planning (2007), chapters 4 to 6, with the scale factor of A General Theory of
 * Computational Scalability Based on Rational Functions (2008): X(N) = γ N / (1 + α (N - 1) + β N (N - 1)).
 */
export interface UslModel {
  /** γ: throughput of one user, process or node. */
  readonly gamma: number
  /** α: contention, the serial share, without unit. */
  readonly alpha: number
  /** β: coherency, the cost of crosstalk per pair, without unit. */
  readonly beta: number
}

/** Throughput at concurrency N > 0, in the unit of γ. */
export function uslThroughput({ gamma, alpha, beta }: UslModel, concurrency: number): number {
  return (gamma * concurrency) / (1 + alpha * (concurrency - 1) + beta * concurrency * (concurrency - 1))
}

/** The highest throughput and where it is reached. */
export interface UslPeak {
  readonly concurrency: number
  readonly throughput: number
}

/**
 * N* = sqrt((1 - α) / β) and X(N*) (Gunther 2007, section 6.2.1); undefined when β = 0, since throughput then never falls.
 * Contention of 1 or more leaves nothing to gain: the peak is one user.
 */
export function uslPeak(model: UslModel): UslPeak | undefined {
  if (!(model.beta > 0)) return undefined
  const concurrency = Math.sqrt(Math.max(1 - model.alpha, 0) / model.beta)
  const reached = model.alpha >= 1 ? 1 : concurrency
  return { concurrency: reached, throughput: uslThroughput(model, reached) }
}

/** γ / α, the throughput that contention alone would allow at endless concurrency; Infinity without contention. */
export function uslContentionLimit({ gamma, alpha }: UslModel): number {
  return gamma / alpha
}

/** A fitted model and how well it fits. */
export interface UslFit extends UslModel {
  /** Σ (measured - fitted)². */
  readonly residualSumOfSquares: number
  /** R² = 1 - residual / total sum of squares about the mean. */
  readonly rSquared: number
}

/** Which of the two coefficients are estimated; the others stay 0. */
interface FreeCoefficients {
  readonly alpha: boolean
  readonly beta: boolean
}

/**
 * Ordinary least squares of X(N) on measured points, with α, β >= 0: where a coefficient would be negative, the best fit
 * with it at 0 is taken. Undefined with fewer than three points, unequal lengths, or a value that is not positive.
 *
 * Gunther (2007), section 5.2, for model and start values (regression of N γ / X on N); the minimum is found as
 * D. W. Marquardt, An algorithm for least-squares estimation of nonlinear parameters, SIAM Journal 11 (1963) does.
 * Differs from the source: X(N) itself is fitted, not its linearised form, which weights small throughputs most.
 */
export function fitUsl(concurrency: readonly number[], throughput: readonly number[]): UslFit | undefined {
  const usable = (values: readonly number[]): boolean => values.every((value) => value > 0 && value < Infinity)
  if (concurrency.length !== throughput.length || concurrency.length < 3) return undefined
  if (!usable(concurrency) || !usable(throughput)) return undefined
  const candidates = [
    { alpha: true, beta: true },
    { alpha: true, beta: false },
    { alpha: false, beta: true },
    { alpha: false, beta: false },
  ].map((free) => fitFree(concurrency, throughput, free))
  const [unconstrained, ...constrained] = candidates
  if (unconstrained !== undefined && isPhysical(unconstrained)) return unconstrained
  return constrained.filter(isPhysical).toSorted((a, b) => a.residualSumOfSquares - b.residualSumOfSquares)[0]
}

function isPhysical({ alpha, beta }: UslModel): boolean {
  return alpha >= 0 && beta >= 0
}

/** Steps after which the best fit so far is returned; about ten are needed. */
const STEPS_MAX = 500

/** Marquardt's damping: where it starts, and the factor it changes by after a better or a worse step. */
const DAMPING_START = 1e-3
const DAMPING_FACTOR = 10
const DAMPING_MAX = 1e15

function fitFree(concurrency: readonly number[], throughput: readonly number[], free: FreeCoefficients): UslFit {
  let model = startValues(concurrency, throughput, free)
  let residual = residualSum(model, concurrency, throughput)
  let damping = DAMPING_START
  for (let step = 0; step < STEPS_MAX && damping < DAMPING_MAX; step += 1) {
    const { rows, differences } = linearise(model, concurrency, throughput, free)
    const change = leastSquaresStep(rows, differences, damping)
    const trial = moved(model, change, free)
    const trialResidual = residualSum(trial, concurrency, throughput)
    if (trialResidual < residual) {
      model = trial
      residual = trialResidual
      damping /= DAMPING_FACTOR
    } else {
      damping *= DAMPING_FACTOR
    }
  }
  const total = squaredDeviations(throughput, meanOf(throughput))
  return { ...model, residualSumOfSquares: residual, rSquared: 1 - residual / total }
}

/** One row of ∂X/∂(γ, α, β) per point, of the free coefficients only, and the measured minus the modelled throughput. */
function linearise(
  model: UslModel,
  concurrency: readonly number[],
  throughput: readonly number[],
  free: FreeCoefficients,
): { readonly rows: number[][]; readonly differences: number[] } {
  const rows = concurrency.map((n) => {
    const modelled = uslThroughput(model, n)
    const denominator = (model.gamma * n) / modelled
    const row = [modelled / model.gamma]
    if (free.alpha) row.push((-modelled * (n - 1)) / denominator)
    if (free.beta) row.push((-modelled * n * (n - 1)) / denominator)
    return row
  })
  const differences = concurrency.map((n, i) => (throughput[i] ?? NaN) - uslThroughput(model, n))
  return { rows, differences }
}

function moved(model: UslModel, change: readonly number[], free: FreeCoefficients): UslModel {
  const alphaChange = free.alpha ? (change[1] ?? 0) : 0
  const betaChange = free.beta ? (change[free.alpha ? 2 : 1] ?? 0) : 0
  return { gamma: model.gamma + (change[0] ?? 0), alpha: model.alpha + alphaChange, beta: model.beta + betaChange }
}

/** Infinite where the model has a pole or turns negative among the points, so that no step leads there. */
function residualSum(model: UslModel, concurrency: readonly number[], throughput: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < concurrency.length; i += 1) {
    const modelled = uslThroughput(model, concurrency[i] ?? NaN)
    if (!(modelled > 0 && modelled < Infinity)) return Infinity
    sum += ((throughput[i] ?? NaN) - modelled) ** 2
  }
  return sum
}

/** N / X = (1 + α (N - 1) + β N (N - 1)) / γ is linear in 1/γ, α/γ, β/γ. */
function startValues(concurrency: readonly number[], throughput: readonly number[], free: FreeCoefficients): UslModel {
  const rows = concurrency.map((n) => [1, ...(free.alpha ? [n - 1] : []), ...(free.beta ? [n * (n - 1)] : [])])
  const costs = concurrency.map((n, i) => n / (throughput[i] ?? NaN))
  const [inverse = NaN, second = 0, third = 0] = leastSquaresStep(rows, costs, 0)
  const gamma = 1 / inverse
  const alpha = free.alpha ? second * gamma : 0
  const beta = (free.alpha ? third : second) * (free.beta ? gamma : 0)
  const start = { gamma, alpha: Math.max(alpha, 0), beta: Math.max(beta, 0) }
  if (gamma > 0 && residualSum(start, concurrency, throughput) < Infinity) return start
  const steepest = Math.max(...concurrency.map((n, i) => (throughput[i] ?? NaN) / n))
  return { gamma: steepest, alpha: 0, beta: 0 }
}
