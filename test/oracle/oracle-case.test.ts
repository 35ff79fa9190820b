// The comparisons that judge oracle cases: what passes, what fails, and what a failure shows.
import { describe, expect, it } from 'vitest'
import { absolutely, allOf, canonicalText, exactly, failure, relatively, severity } from './oracle-case.ts'

describe('exactly', () => {
  it('ignores the order of keys but not of lists', () => {
    expect(exactly({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }).pass).toBe(true)
    expect(exactly([1, 2], [2, 1]).pass).toBe(false)
    expect(exactly({ a: 1 }, { a: 1, b: 2 }).pass).toBe(false)
    expect(exactly([1, 2], Float64Array.of(1, 2)).pass).toBe(true)
    expect(exactly('12', 12n).pass).toBe(true)
  })

  it('shows the first difference of long values', () => {
    const long = 'x'.repeat(5_000)
    const { expected, got } = exactly(`${long}a${long}`, `${long}b${long}`)
    expect(expected).toContain('xa')
    expect(got).toContain('xb')
    expect(expected.length).toBeLessThan(500)
  })
})

describe('relatively', () => {
  it('reports the worst error of all numbers, absolute where 0 is expected', () => {
    expect(relatively({ a: 100, b: [0, 10] }, { a: 101, b: [0.001, 10] }, 0.02)).toMatchObject({
      pass: true,
      error: 0.01,
    })
    expect(relatively(0, 0.05, 0.02)).toMatchObject({ pass: false, error: 0.05 })
    expect(relatively(-100, -103, 0.02)).toMatchObject({ pass: false, error: 0.03 })
  })

  it('fails what is missing, of another length or no number, and ignores what is extra', () => {
    expect(relatively({ a: 1 }, {}, 1).pass).toBe(false)
    expect(relatively([1, 2], [1], 1).pass).toBe(false)
    expect(relatively(1, NaN, Infinity).error).toBe(Infinity)
    expect(relatively(1, '1', 1).pass).toBe(false)
    expect(relatively({ a: 'x' }, { a: 'y' }, 1).pass).toBe(false)
    expect(relatively(null, 0, 1).pass).toBe(false)
    expect(relatively({ a: 1 }, { a: 1, b: 9 }, 0).pass).toBe(true)
  })
})

describe('absolutely', () => {
  it('takes the difference as the error', () => {
    expect(absolutely({ hitRatio: 0.7 }, { hitRatio: 0.71 }, 0.02).pass).toBe(true)
    expect(absolutely(1_000, 1_001, 0.5)).toMatchObject({ pass: false, error: 1, tolerance: 0.5 })
  })
})

describe('allOf', () => {
  it('passes if all pass and reports the worst against its tolerance', () => {
    expect(allOf([relatively(1, 1.5, 1), relatively(1, 1.09, 0.1)])).toMatchObject({ pass: true, tolerance: 0.1 })
    expect(allOf([relatively(1, 1.9, 1), exactly(1, 2)])).toMatchObject({ pass: false, expected: '1', got: '2' })
    expect(allOf([exactly(1, 1), relatively(1, 1.2, 0.1)]).pass).toBe(false)
    expect(allOf([]).pass).toBe(false)
  })

  it('ranks a failure above any pass', () => {
    expect(severity(relatively(1, 3, 1))).toBeGreaterThan(1)
    expect(severity(failure('a', 'b'))).toBe(Infinity)
    expect(severity(exactly(1, 1))).toBe(0)
  })
})

describe('canonicalText', () => {
  it('names what JSON cannot and makes no difference between the zeros', () => {
    expect(canonicalText({ b: [NaN, -0], a: undefined, c: null, d: Infinity })).toBe(
      '{"a":undefined,"b":[NaN,0],"c":null,"d":Infinity}',
    )
  })
})
