// Tells plans apart: the same plan has the same hash, whatever it is run with.
import { murmur3f } from '../hashing/murmur3f.ts'
import { encodeUtf8 } from '../hashing/utf8.ts'
import type { Plan } from '../model/plan.ts'

/** 32 hexadecimal digits over everything that a plan is. Seeds and numbers of replications are no part of it. */
export function planHash(plan: Plan): string {
  const words = murmur3f(encodeUtf8(JSON.stringify(plan)))
  return words.map((word) => word.toString(16).padStart(16, '0')).join('')
}
