/** How far the figures of a result can be trusted, in words that go wherever the figures go. */
import type { Estimate, StudyResult } from '../../../sim-core/analysis/study-result.ts'

/** What the figures lack. */
export interface ResultQuality {
  /** One replication and no batches: no interval anywhere. */
  readonly single: boolean
  readonly unconverged: boolean
  readonly partial: boolean
  /** All of it, as `partial, not converged`; empty when nothing is amiss. */
  readonly words: string
}

export function qualityOf(
  result: Pick<StudyResult, 'replications' | 'clients' | 'precision' | 'verdict' | 'partial'>,
): ResultQuality {
  const { replications, clients, precision, verdict, partial } = result
  const single = replications <= 1 && !hasInterval(clients.latency_ms.mean)
  const unconverged = precision === null ? verdict === 'not_converged' : !precision.reached
  const words = [
    ...(partial ? ['partial'] : []),
    ...(unconverged ? ['not converged'] : []),
    ...(single ? ['single run'] : []),
  ]
  return { single, unconverged, partial, words: words.join(', ') }
}

/** Whether there is a low and a high end. */
function hasInterval({ low, high }: Estimate): boolean {
  return low !== null && high !== null
}

/** What is missing to 1, as availability is to errors. */
export function complement({ mean, low, high }: Estimate): Estimate {
  const rest = (value: number | null): number | null => (value === null ? null : 1 - value)
  return { mean: rest(mean), low: rest(high), high: rest(low) }
}
