/** Names for what is kept. */
import { randomBytes } from 'node:crypto'

/** 80 bits: among a million ids, two are the same with a chance below one in a million million. */
const ID_BYTES = 10

/** An id that nothing else has: lower-case hexadecimal, so that it stands in addresses and command lines as it is. */
export function newId(): string {
  return randomBytes(ID_BYTES).toString('hex')
}
