/** Objectives in words: what must hold, and whether it does, with a sign besides the colour. */
import type { ObjectiveResult } from '../../../sim-core/analysis/study-result.ts'
import { roundFigure } from '../../charts/axis-values.ts'

/** Metrics that must be at least their target; all others at most. */
const AT_LEAST: ReadonlySet<string> = new Set(['availability', 'throughput'])

const WORDS: Readonly<Record<string, string>> = {
  errors: 'errors',
  availability: 'availability',
  throughput: 'throughput',
}

/** Unit of a metric that objectives name. */
export function objectiveUnit(metric: string): string {
  if (metric === 'errors' || metric === 'availability') return 'ratio'
  return metric === 'throughput' ? 'req/s' : 'ms'
}

/** `create_order p95`; `p95 of all requests` for the clients. */
export function objectiveLabel({ endpoint, metric }: Pick<ObjectiveResult, 'endpoint' | 'metric'>): string {
  const name = WORDS[metric] ?? metric.replace('_', '.')
  return endpoint === null ? `All requests ${name}` : `${endpoint} ${name}`
}

/** `≤ 500 ms` */
export function targetWords({ metric, target }: Pick<ObjectiveResult, 'metric' | 'target'>): string {
  return `${AT_LEAST.has(metric) ? '≥' : '≤'} ${roundFigure(target, objectiveUnit(metric))}`
}

/** How an objective stands. */
export function standing(pass: boolean | null): {
  readonly sign: string
  readonly word: string
  readonly tone: 'good' | 'bad' | 'unsure'
} {
  if (pass === null) return { sign: '~', word: "can't tell", tone: 'unsure' }
  return pass ? { sign: '✓', word: 'holds', tone: 'good' } : { sign: '✗', word: 'misses', tone: 'bad' }
}
