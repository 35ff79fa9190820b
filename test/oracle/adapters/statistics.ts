// Runs the statistics cases against the analysis code that feeds reports; names are translated, nothing is recomputed.
import {
  batchMeans,
  batchMeansInterval,
  overlappingBatchMeansVariance,
} from '../../../sim-core/analysis/batch-means.ts'
import { chiSquareQuantile } from '../../../sim-core/analysis/chi-square.ts'
import { type Interval, tInterval } from '../../../sim-core/analysis/confidence.ts'
import { HdrHistogram } from '../../../sim-core/analysis/hdr.ts'
import { sampleVariance } from '../../../sim-core/analysis/moments.ts'
import { mser, mser5 } from '../../../sim-core/analysis/mser5.ts'
import { normalQuantile } from '../../../sim-core/analysis/normal.ts'
import { prometheusQuantile } from '../../../sim-core/analysis/prometheus-quantile.ts'
import { type QuantileType, sampleQuantile, sortedCopy } from '../../../sim-core/analysis/quantiles.ts'
import { studentTQuantile } from '../../../sim-core/analysis/student-t.ts'
import { timeWeightedMean } from '../../../sim-core/analysis/time-weighted-mean.ts'
import { type OracleAdapters, allOf, exactly, relatively } from '../oracle-case.ts'
import { numberOf, numbersOf, recordOf } from './case-fields.ts'

/** The tolerance that statistics.json states for closed forms and confidence intervals. */
const CLOSED_FORM_TOLERANCE = 1e-9

/** The tolerance that statistics.json states for the mean and standard deviation of an HDR histogram. */
const HDR_MOMENT_TOLERANCE = 1e-6

/** The nine sample quantile definitions by their names in the cases. */
const QUANTILE_TYPES: Readonly<Record<string, QuantileType>> = {
  type1: 1,
  type2: 2,
  type3: 3,
  type4: 4,
  type5: 5,
  type6: 6,
  type7: 7,
  type8: 8,
  type9: 9,
}

/** Adapters of the statistics family, keyed by kind; distributions stand in their own file. */
export const statisticsAdapters: OracleAdapters = {
  student_t_quantile: (testCase) => {
    const expected = recordOf(testCase, 'expected')
    const degreesOfFreedom = numberOf(testCase, 'df')
    return relatively(
      expected,
      atKeys(expected, (p) => studentTQuantile(p, degreesOfFreedom)),
      CLOSED_FORM_TOLERANCE,
    )
  },

  normal_quantile: (testCase) => {
    const expected = recordOf(testCase, 'expected')
    return relatively(expected, atKeys(expected, normalQuantile), CLOSED_FORM_TOLERANCE)
  },

  chi2_quantile: (testCase) => {
    const expected = recordOf(testCase, 'expected')
    const degreesOfFreedom = numberOf(testCase, 'df')
    return relatively(
      expected,
      atKeys(expected, (p) => chiSquareQuantile(p, degreesOfFreedom)),
      CLOSED_FORM_TOLERANCE,
    )
  },

  sample_quantile: (testCase) => {
    const expected = recordOf(testCase, 'expected')
    const ascending = sortedCopy(numbersOf(testCase, 'values'))
    const got = Object.keys(expected).map((name) => {
      const type = QUANTILE_TYPES[name]
      const probabilities = recordOf(expected, name)
      return [name, atKeys(probabilities, (p) => (type === undefined ? NaN : sampleQuantile(ascending, p, type)))]
    })
    return relatively(expected, Object.fromEntries(got), CLOSED_FORM_TOLERANCE)
  },

  replication_ci: (testCase) => {
    const values = numbersOf(testCase, 'values')
    const got = {
      mean: tInterval(values, 0.95).mean,
      sd: Math.sqrt(sampleVariance(values)),
      halfWidth90: halfWidth(tInterval(values, 0.9)),
      halfWidth95: halfWidth(tInterval(values, 0.95)),
      halfWidth99: halfWidth(tInterval(values, 0.99)),
    }
    return relatively(testCase['expected'], got, CLOSED_FORM_TOLERANCE)
  },

  batch_means_ci: (testCase) => {
    const values = numbersOf(testCase, 'values')
    const batchCount = numberOf(testCase, 'batches')
    const { batchSize, means, mean, variance, lagOneAutocorrelation } = batchMeans(values, batchCount)
    const got = {
      batchSize,
      batchMeans: means,
      mean,
      varianceOfBatchMeans: variance,
      lag1Autocorrelation: lagOneAutocorrelation,
      halfWidth95: halfWidth(batchMeansInterval(values, batchCount, 0.95)),
      halfWidth99: halfWidth(batchMeansInterval(values, batchCount, 0.99)),
      overlappingBatchMeansVarianceOfMean: overlappingBatchMeansVariance(values, batchSize),
    }
    return relatively(testCase['expected'], got, CLOSED_FORM_TOLERANCE)
  },

  mser5: (testCase) => {
    const values = numbersOf(testCase, 'values')
    const rule = mser5(values)
    const got = {
      batches: rule.batches,
      truncatedBatches: rule.truncatedBatches,
      truncatedObservations: rule.truncatedObservations,
      statisticAtOptimum: rule.statistic,
      statisticAt0: rule.statisticUntruncated,
      truncatedMean: rule.mean,
      mserPlainTruncation: mser(values, 1).truncatedObservations,
    }
    return relatively(testCase['expected'], got, CLOSED_FORM_TOLERANCE)
  },

  hdr_histogram: (testCase) => {
    const histogram = new HdrHistogram({
      significantDigits: numberOf(testCase, 'significantDigits'),
      highestTrackable: numberOf(testCase, 'highestTrackable'),
    })
    const expectedInterval = testCase['expectedInterval'] === undefined ? 0 : numberOf(testCase, 'expectedInterval')
    for (const value of numbersOf(testCase, 'values')) histogram.recordWithExpectedInterval(value, expectedInterval)
    const { mean, stdDeviation, ...counted } = recordOf(testCase, 'expected')
    const percentiles = atKeys(recordOf(counted, 'percentiles'), (p) => histogram.valueAtPercentile(p))
    const got = { total: histogram.totalCount, min: histogram.min, max: histogram.max, percentiles }
    const moments = { mean: histogram.mean(), stdDeviation: histogram.standardDeviation() }
    return allOf([exactly(counted, got), relatively({ mean, stdDeviation }, moments, HDR_MOMENT_TOLERANCE)])
  },

  prometheus_histogram_quantile: (testCase) => {
    const expected = recordOf(testCase, 'expected')
    const cumulative = numbersOf(testCase, 'cumulative')
    const bounds = testCase['le']
    const upperBounds = Array.isArray(bounds)
      ? bounds.map((bound) => (bound === '+Inf' ? Infinity : Number(bound)))
      : []
    const got = atKeys(expected, (p) => prometheusQuantile(p, upperBounds, cumulative))
    return relatively(expected, got, CLOSED_FORM_TOLERANCE)
  },

  time_weighted_mean: (testCase) => {
    const steps = Array.isArray(testCase['steps']) ? testCase['steps'] : []
    const times = steps.map((step) => Number(step[0]))
    const values = steps.map((step) => Number(step[1]))
    const mean = timeWeightedMean(times, values, numberOf(testCase, 'end'))
    return relatively(testCase['expected'], { mean }, CLOSED_FORM_TOLERANCE)
  },
}

/** Answers for every probability or percentile that the expected record names by its key. */
function atKeys(expected: Readonly<Record<string, unknown>>, answer: (key: number) => number): Record<string, number> {
  return Object.fromEntries(Object.keys(expected).map((key) => [key, answer(Number(key))]))
}

function halfWidth(interval: Interval): number {
  return (interval.high - interval.low) / 2
}
