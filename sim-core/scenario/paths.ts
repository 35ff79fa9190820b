/** Paths into a scenario document, as `--set` and `vary` write them: `faults[0].at`, `services.catalog.replicas`. */
import type { Reading } from '../language/quantity.ts'
import { quoted } from '../language/quantity.ts'
import type { Segment } from './problem.ts'

/** Keys that would reach into JavaScript's own objects; no scenario has a use for them. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a key is refused wherever it stands. */
export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.has(key)
}

/** Longest path, in segments: the deepest that a document may be. */
const MAX_SEGMENTS = 64

const SEGMENT = /^([A-Za-z_][\w-]*)((?:\[\d{1,9}\])*)$/u

/** Splits a path. Complaints: `bad-path`, for text that is none, and `forbidden-key`. */
export function parsePath(text: string): Reading<readonly Segment[]> {
  const segments: Segment[] = []
  for (const part of text.split('.')) {
    const match = SEGMENT.exec(part)
    if (match === null || segments.length > MAX_SEGMENTS) {
      const hint = 'write keys with dots between them, and [n] for the entry of a list: faults[0].at'
      return { complaint: { code: 'bad-path', message: `${quoted(text)} is not a path`, hint } }
    }
    const [, key = '', indices = ''] = match
    if (isForbiddenKey(key)) {
      return {
        complaint: {
          code: 'forbidden-key',
          message: `the key ${quoted(key)} is not allowed`,
          hint: 'use another name',
        },
      }
    }
    segments.push(key, ...[...indices.matchAll(/\d+/gu)].map(([digits]) => Number(digits)))
  }
  return { value: segments }
}
