// What the victim saves, and what it tells of it.

/** One line of the victim's stdout. */
export type Acknowledged =
  | { readonly kind: 'ready' }
  | { readonly kind: 'saved'; readonly id: string; readonly number: number }
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'done'; readonly id: string; readonly fingerprint: string | null }

/** Lines of comment that make texts of very different lengths. */
const LINES_MAX = 400

/** The scenario of a number: it can be run in no time, and says its number in its first line. */
export function textOf(number: number): string {
  const lines = Array.from({ length: (number * 7_919) % LINES_MAX }, (_, line) => `# ${number}: line ${line} ÄÖ€😀\n`)
  return `# ${number}
version: 1
name: Victim ${number}
run: { duration: 2s, warmup: 0s, bucket: 100ms, seed: 1, replications: 1 }
traffic: { customers: { rate: ${100 + (number % 300)}/s, mix: { serve: 1 } } }
services:
  desk:
    workers: 1
    endpoints:
      serve:
        steps: [{ cpu: exponential(1ms) }]
${lines.join('')}`
}

/** The number in the first line. */
export function numberOf(text: string): number {
  return Number(/^# (\d+)\n/u.exec(text)?.[1])
}
