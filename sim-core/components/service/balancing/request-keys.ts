// What the key of a request stands for: the text that is hashed, and the address that a client comes from.

import { decimalDigits, writeDecimalDigits } from '../../../hashing/decimal-digits.ts'
import { fmix32 } from '../../../kernel/fmix32.ts'

/** Keys by number, most popular first. */
export interface RequestKeys {
  /** How many there are; keys are numbered from 0. */
  readonly count: number
  /** Holds the text of the key that was loaded last, up to its end. */
  readonly bytes: Uint8Array
  /** Puts the text of a key into `bytes`; answers the position of its first byte. */
  load(key: number): number
  /** IPv4 address of the client, an unsigned 32-bit number, the first octet being the highest byte. */
  addressOf(key: number): number
}

/** Keys of a population as requests of a simulation carry them: the text is the key's number in decimal digits. */
export class NumberedKeys implements RequestKeys {
  readonly count: number
  readonly bytes = decimalDigits

  /** @param count number of keys */
  constructor(count: number) {
    this.count = count
  }

  load(key: number): number {
    return writeDecimalDigits(key)
  }

  addressOf(key: number): number {
    return addressOfClient(key)
  }
}

/** The address of a client by number: different for different clients, for the mixing is one-to-one, and spread over all networks. */
function addressOfClient(client: number): number {
  return fmix32(client) >>> 0
}

/** Address of a target where none is given: `10.x.y.z:80` by its number. */
export function addressOfTarget(target: number): string {
  const number = target + 1
  return `10.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}:80`
}
