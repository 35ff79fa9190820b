// CRC-32C (Castagnoli), the check of iSCSI, ext4 and many storage formats.

import { createCrcTable, crcOfRange } from './crc-table.ts'
import { hexOfWord32, type DigestDefinition } from './digest.ts'

/** The generator polynomial 0x1EDC6F41 with its bits reversed. */
const TABLE = createCrcTable(0x82f6_3b78)

/** CRC-32C of the bytes, unsigned. */
function crc32c(bytes: Uint8Array): number {
  return crcOfRange(TABLE, bytes, 0, bytes.length)
}

/** CRC-32C. */
export const crc32cDigest: DigestDefinition = {
  id: 'crc32c',
  label: 'CRC-32C',
  source:
    'M. Chadalapaka and others, "Internet Small Computer System Interface (iSCSI) Protocol", RFC 7143, 2014, section 13.1 (CRC32C)',
  hex: (bytes) => hexOfWord32(crc32c(bytes)),
}
