// Leaves out figures that say what another one says already.
import type { FigureComparison } from './comparison-result.ts'

type Values = Pick<FigureComparison, 'figure' | 'baseline' | 'candidate' | 'difference'>

/**
 * Equal for figures that are one and the same in every value: those of the only endpoint are those of all requests, and
 * the queue of a component is that of one of its stations.
 */
export function valuesKey({ figure, baseline, candidate, difference }: Values): string {
  const values = [baseline, candidate, difference].flatMap(({ mean, low, high }) => [mean, low, high])
  return `${figure} ${values.join(' ')}`
}

/** Without figures that equal an earlier one. */
export function distinctFigures<Figure extends Values>(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>()
  return figures.filter((figure) => {
    const key = valuesKey(figure)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}
