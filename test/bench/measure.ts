// Runs one side of one benchmark in this process.
import { inlineMore } from '../../host/workers/v8-flags.ts'
import type { Measurement } from './benchmark.ts'
import { benchmarks } from './registry.ts'

/** Measures that side, under the limits on inlining that runs of the product have. */
export async function measureHere(name: string, side: string): Promise<Measurement> {
  const benchmark = benchmarks.find((entry) => entry.name === name)
  const measure = side === 'ours' || side === 'bare' || side === 'one_worker' ? benchmark?.sides[side] : undefined
  if (measure === undefined) throw new Error(`there is no side ${side} of a benchmark ${name}`)
  inlineMore()
  return measure()
}
