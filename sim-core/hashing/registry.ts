// The digests on offer; a new one is its file, its test and one line here.

import { adler32Digest } from './adler32.ts'
import { crc32Digest } from './crc32.ts'
import { crc32cDigest } from './crc32c.ts'
import type { DigestDefinition } from './digest.ts'
import { fnv1a32Digest, fnv1a64Digest } from './fnv1a.ts'
import { md5Digest } from './md5.ts'
import { murmur3aDigest } from './murmur3a.ts'
import { murmur3fDigest } from './murmur3f.ts'
import { xxh3Digest } from './xxh3.ts'
import { xxh32Digest } from './xxh32.ts'
import { xxh64Digest } from './xxh64.ts'

/** Every digest, in the order in which it is listed to the user. */
export const digests: readonly DigestDefinition[] = [
  crc32Digest,
  crc32cDigest,
  adler32Digest,
  fnv1a32Digest,
  fnv1a64Digest,
  xxh32Digest,
  xxh64Digest,
  xxh3Digest,
  murmur3aDigest,
  murmur3fDigest,
  md5Digest,
]
