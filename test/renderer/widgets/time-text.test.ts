// Points and spans of time read as people say them.
import { describe, expect, it } from 'vitest'
import { agoText, clockText, leftText } from '../../../renderer/widgets/time-text.ts'

const nowMs = Date.UTC(2026, 5, 15, 12)
const ago = (seconds: number): string => agoText(nowMs - seconds * 1000, nowMs, 'en-GB')

describe('agoText', () => {
  it.each([
    [-5, 'just now'],
    [1, 'just now'],
    [2, '2 s ago'],
    [59.9, '59 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [7300, '2 h ago'],
    [90_000, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [30 * 86_400, '16 May'],
    [400 * 86_400, '11 May 2025'],
  ])('%d s is %s', (seconds, expected) => {
    expect(ago(seconds)).toBe(expected)
  })
})

describe('clockText', () => {
  it.each([
    [0, '00:00:00'],
    [59.99, '00:00:59'],
    [860, '00:14:20'],
    [3600, '01:00:00'],
    [360_000, '100:00:00'],
    [-61, '−00:01:01'],
    [-0.5, '00:00:00'],
  ])('%d s is %s', (seconds, expected) => {
    expect(clockText(seconds)).toBe(expected)
  })
})

describe('leftText', () => {
  it.each([
    [0, 'nearly done'],
    [40_200, '41 s left'],
    [170_000, '3 min left'],
    [9_000_000, '3 h left'],
  ])('%d ms is %s', (ms, expected) => {
    expect(leftText(ms)).toBe(expected)
  })
})
