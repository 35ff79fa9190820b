// Runs the Universal Scalability Law cases of the queueing family, which need no simulation.
import { fitUsl, uslContentionLimit, uslPeak, uslThroughput } from '../../../sim-core/analysis/usl.ts'
import { type OracleAdapters, relatively } from '../oracle-case.ts'
import { isRecord, numberOf, numbersOf, recordOf } from './case-fields.ts'

/** The tolerance that queueing.json states for usl and, where a case gives none, usl_fit. */
const USL_TOLERANCE = 1e-9

/** Adapters keyed by model. */
export const uslAdapters: OracleAdapters = {
  usl: (testCase) => {
    const params = recordOf(testCase, 'params')
    const model = { gamma: numberOf(params, 'gamma'), alpha: numberOf(params, 'alpha'), beta: numberOf(params, 'beta') }
    const expected = recordOf(testCase, 'expected')
    const points = Array.isArray(expected['X']) ? expected['X'].filter(isRecord) : []
    const peak = uslPeak(model)
    const got = {
      X: points.map((point) => ({ N: point['N'], X: uslThroughput(model, numberOf(point, 'N')) })),
      Nmax: peak?.concurrency,
      Xmax: peak?.throughput,
      asymptoteNoCoherency: uslContentionLimit(model),
    }
    return relatively(expected, got, USL_TOLERANCE)
  },

  usl_fit: (testCase) => {
    const params = recordOf(testCase, 'params')
    const fit = fitUsl(numbersOf(params, 'N'), numbersOf(params, 'X'))
    const got = fit && {
      ...fit,
      residualSS: fit.residualSumOfSquares,
      R2: fit.rSquared,
      Nmax: uslPeak(fit)?.concurrency,
    }
    return relatively(testCase['expected'], got, statedTolerance(testCase['tolerance']))
  },
}

/** A tolerance is stated in words, such as "rel 1e-3 on gamma/alpha/beta". */
function statedTolerance(text: unknown): number {
  const stated = typeof text === 'string' ? /\brel (\d[\d.e+-]*)/.exec(text)?.[1] : undefined
  return stated === undefined ? USL_TOLERANCE : Number(stated)
}
