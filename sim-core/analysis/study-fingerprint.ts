// One fingerprint for a study out of those of its replications.

/** FNV-1a, 32 bit: offset basis and prime as published by Fowler, Noll and Vo. */
const OFFSET_BASIS = 0x811c_9dc5 | 0
const PRIME = 0x0100_0193

/** 16 hexadecimal digits over the replications' own, in order. A study of one replication has that one's fingerprint. */
export function studyFingerprint(fingerprints: readonly string[]): string {
  const [only] = fingerprints
  if (fingerprints.length === 1 && only !== undefined) return only
  const text = fingerprints.join(' ')
  return digest(text) + digest(`${text}.`)
}

function digest(text: string): string {
  let hash = OFFSET_BASIS
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
