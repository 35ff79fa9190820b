// Puts several studies in order: objectives held, then p95, with shared places where chance alone may have made the order.
import type { MeasuredFigure } from './compare-figures.ts'
import { measureFigure } from './compare-figures.ts'
import type { LabelledStudy, RankedStudy } from './comparison-result.ts'
import { holmAdjusted } from './difference.ts'
import { matchReplications } from './matched-replications.ts'
import { figuresOf } from './replication-figures.ts'

/** The figure that decides between studies that hold as many objectives. */
const DECIDING = 'clients.p95_ms'

interface Standing {
  readonly study: LabelledStudy
  readonly held: number
  readonly open: number
  readonly p95Ms: number
}

/**
 * The best first. A study is certainly ahead of another when it holds more objectives than the other could if all that is
 * open with it held, or as many and a lower p95 by more than chance; of all pairs together, after Holm. Its place ranges
 * from the number of studies certainly ahead of it to the number certainly behind.
 */
export function rankStudies(studies: readonly LabelledStudy[], confidence: number): RankedStudy[] {
  const standings = studies.map(standingOf)
  const order = standings.toSorted(
    (a, b) =>
      b.held - a.held || b.open - a.open || a.p95Ms - b.p95Ms || studies.indexOf(a.study) - studies.indexOf(b.study),
  )
  const faster = fasterPairs(order, confidence)
  const isAhead = (a: number, b: number): boolean => {
    const [first, second] = [order[a]!, order[b]!]
    const atBest = second.held + second.open
    return first.held > atBest || (first.held === atBest && faster.has(`${a}<${b}`))
  }
  return order.map(({ study: { label, result }, held, open }, i) => {
    const ahead = order.filter((_, other) => isAhead(other, i)).length
    const behind = order.filter((_, other) => isAhead(i, other)).length
    return {
      label,
      rank: [ahead + 1, order.length - behind],
      objectives_held: held,
      objectives_open: open,
      objectives: result.objectives.length,
      headroom: result.headroom,
      p95_ms: result.clients.latency_ms.p95,
      error_ratio: result.clients.error_ratio,
    }
  })
}

function standingOf(study: LabelledStudy): Standing {
  const { objectives, clients } = study.result
  return {
    study,
    held: objectives.filter(({ pass }) => pass === true).length,
    open: objectives.filter(({ pass }) => pass === null).length,
    p95Ms: clients.latency_ms.p95.mean ?? Infinity,
  }
}

/** `i<j` for every two studies of which the first is certainly faster. */
function fasterPairs(order: readonly Standing[], confidence: number): ReadonlySet<string> {
  const pairs = order.flatMap((_, i) => order.slice(i + 1).map((__, k) => [i, i + 1 + k] as const))
  const differences = pairs.map(([i, j]) => p95Difference(order[i]!.study, order[j]!.study, confidence))
  const adjusted = holmAdjusted(differences.map(({ probability }) => probability ?? 1))
  return new Set(
    pairs.flatMap(([i, j], k) => {
      if ((adjusted[k] ?? 1) > 1 - confidence) return []
      return [(differences[k]?.difference.mean ?? 0) > 0 ? `${i}<${j}` : `${j}<${i}`]
    }),
  )
}

function p95Difference(baseline: LabelledStudy, candidate: LabelledStudy, confidence: number): MeasuredFigure {
  return measureFigure(DECIDING, figuresOf(baseline.result).get(DECIDING), figuresOf(candidate.result).get(DECIDING), {
    matched: matchReplications(baseline.result, candidate.result),
    confidence,
    labels: [baseline.label, candidate.label],
    requests: new Set(['clients']),
  })
}
