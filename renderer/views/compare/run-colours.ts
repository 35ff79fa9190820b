/** The colour of each run in charts: the baseline is grey, each candidate has a hue of its own. */

/** Keys whose colours, of the palette that components have, differ most from their neighbours; see `seriesColour`. */
const KEYS = ['run 8', 'run 9', 'run 24', 'run 4', 'run 29', 'run 17', 'run 14', 'run 3'] as const

/** What stands for a run where a chart asks for a component's colour. */
export function runColourKey(label: string): string {
  const index = Math.max(0, 'ABCDEFGHIJKL'.indexOf(label))
  return KEYS[index % KEYS.length] ?? KEYS[0]
}
