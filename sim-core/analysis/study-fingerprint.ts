// One fingerprint for a study out of those of its replications.

/** FNV-1a, 32 bit: offset basis and prime as published by Fowler, Noll and Vo. */
const OFFSET_BASIS = 0x811c_9dc5 | 0
const PRIME = 0x0100_0193

/**
 * 16 hexadecimal digits over the replications' own, in order: those of the text forwards, then backwards, so that neither
 * half follows from the other. A study of one replication has that one's fingerprint.
 */
export function studyFingerprint(fingerprints: readonly string[]): string {
  const [only] = fingerprints
  if (fingerprints.length === 1 && only !== undefined) return only
  const codes = Array.from(fingerprints.join(' '), (character) => character.charCodeAt(0))
  return digest(codes) + digest(codes.toReversed())
}

function digest(codes: readonly number[]): string {
  const hash = codes.reduce((mixed, code) => Math.imul(mixed ^ code, PRIME), OFFSET_BASIS)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
