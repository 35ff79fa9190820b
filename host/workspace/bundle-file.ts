/** Bundles as bytes: JSON under gzip, read with care because they come from elsewhere. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Bundle } from './bundle-schema.ts'
import { BUNDLE_SCHEMA, bundleSchema } from './bundle-schema.ts'

/** Most bytes of JSON in a bundle: several long runs; and parsing even the worst text of this size fits into memory. */
const TEXT_BYTES_MAX = 100 * 1024 * 1024

/** Deepest nesting in a bundle: a result takes half of it. */
const DEPTH_MAX = 24

/** What is wrong with a file, and what to do. */
export interface BundleComplaint {
  readonly code: 'no-bundle' | 'newer-bundle' | 'too-large'
  readonly message: string
  readonly hint: string
}

/** Whether the bytes begin as those of gzip do. */
export function looksCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** The same bundle gives the same bytes. undefined when it is larger than can be read again. */
export function encodeBundle(bundle: Bundle): Buffer | undefined {
  const text = Buffer.from(JSON.stringify(bundle))
  return text.length > TEXT_BYTES_MAX ? undefined : gzipSync(text)
}

/** Never throws, whatever the bytes are. */
export function decodeBundle(bytes: Uint8Array): { readonly bundle: Bundle } | { readonly complaint: BundleComplaint } {
  const text = unpacked(bytes)
  if (!Buffer.isBuffer(text)) return { complaint: text }
  if (!isShallow(text)) return { complaint: damaged('it is nested deeper than any bundle') }
  const value = parsed(text)
  if (value === undefined) return { complaint: damaged('what is in it is no JSON') }
  const checked = bundleSchema.safeParse(value)
  if (checked.success) return { bundle: checked.data }
  const [issue] = checked.error.issues
  if (isOfOtherVersion(value)) return { complaint: newer() }
  const place = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.map(String).join('.')
  return { complaint: damaged(`${place} is not as it has to be (${issue?.message ?? 'unknown'})`) }
}

function unpacked(bytes: Uint8Array): Buffer | BundleComplaint {
  try {
    return gunzipSync(bytes, { maxOutputLength: TEXT_BYTES_MAX })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      const megabytes = TEXT_BYTES_MAX / 1024 / 1024
      return {
        code: 'too-large',
        message: `unpacked, the file has more than ${megabytes} MB`,
        hint: 'export fewer runs at a time',
      }
    }
    return damaged('it is cut off, or no gzip file')
  }
}

/** Parsing would build every level before anybody could look at it. */
function isShallow(text: Buffer): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const byte = text[index]
    if (inString) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === BRACE || byte === BRACKET) depth++
    else if (byte === BRACE_END || byte === BRACKET_END) depth--
    if (depth > DEPTH_MAX) return false
  }
  return true
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACE = 0x7b
const BRACE_END = 0x7d
const BRACKET = 0x5b
const BRACKET_END = 0x5d

/** undefined when it is no JSON. */
function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function isOfOtherVersion(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return false
  return (
    typeof value.schema === 'string' && /^headroom\.bundle\/\d+$/u.test(value.schema) && value.schema !== BUNDLE_SCHEMA
  )
}

function newer(): BundleComplaint {
  const message = 'this bundle was written by a newer version of Headroom'
  return { code: 'newer-bundle', message, hint: 'update Headroom, then import it again' }
}

function damaged(why: string): BundleComplaint {
  const hint = 'nothing was imported; ask for the file once more, exported by headroom runs export'
  return { code: 'no-bundle', message: `this is not a whole bundle: ${why}`, hint }
}
