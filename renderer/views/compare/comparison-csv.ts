/** A comparison as a table for spreadsheets: one row a figure and candidate. */
import type { CsvCell } from '../../../sim-core/analysis/csv-text.ts'
import type { StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'

const HEAD = [
  'figure',
  'headline',
  'baseline',
  'candidate',
  'baseline_mean',
  'baseline_low',
  'baseline_high',
  'candidate_mean',
  'candidate_low',
  'candidate_high',
  'difference',
  'difference_low',
  'difference_high',
  'relative',
  'relative_low',
  'relative_high',
  'probability',
  'verdict',
  'reason',
  'paired',
]

/** @param names of the runs by label, such as `A: run #41 Black Friday` */
export function comparisonCsv({ pairs }: StudyComparison, names: ReadonlyMap<string, string>): CsvCell[][] {
  const name = (label: string): string => names.get(label) ?? label
  const rows = pairs.flatMap(({ baseline, candidate, paired, figures }) =>
    figures.map((figure): CsvCell[] => [
      figure.id,
      figure.headline,
      name(baseline),
      name(candidate),
      ...cells(figure.baseline),
      ...cells(figure.candidate),
      ...cells(figure.difference),
      ...cells(figure.relative),
      figure.probability,
      figure.verdict,
      figure.reason,
      paired,
    ]),
  )
  return [HEAD, ...rows]
}

function cells({ mean, low, high }: Estimate): CsvCell[] {
  return [mean, low, high]
}
