/** Keys of the language as words for people. */

/** Written in capitals, or otherwise than the key. */
const spellings: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  slo: 'SLO',
  ttl: 'TTL',
  hpa: 'HPA',
  id: 'ID',
  fifo: 'FIFO',
  lifo: 'LIFO',
  k6: 'k6',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
}

/** A key in sentence case: `acquire_timeout` is "Acquire timeout", `p99_9` is "p99.9", `ttl_jitter` is "TTL jitter". */
export function wordsOfKey(key: string): string {
  const percentile = /^p(\d+)_(\d+)$/u.exec(key)
  if (percentile !== null) return `p${percentile[1]}.${percentile[2]}`
  const words = key.split('_').filter((word) => word !== '')
  return words
    .map((word, index) => spellings[word] ?? (index === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join(' ')
}

/** Words in the middle of a sentence: "Acquire timeout" is "acquire timeout", "CPU" stays. */
export function inSentence(words: string): string {
  return /^[A-Z][a-z]/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}

/** What is changed, for the history: "Change replicas of catalog". */
export function changeLabel(verb: string, label: string, path: readonly (string | number)[]): string {
  const owner = path.length > 2 ? path[1] : undefined
  const what = typeof owner === 'string' ? `${inSentence(label)} of ${owner}` : inSentence(label)
  return `${verb} ${what}`
}
