// Traces as text: columns, quotes, pieces, and what is wrong with a line.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyTable } from '../../../../../sim-core/components/cache/curve/key-table.ts'
import { TraceLines } from '../../../../../sim-core/components/cache/curve/trace-lines.ts'

type Request = readonly [key: string, sizeBytes: number, timeS: number]

function read(text: string, pieceBytes = Infinity) {
  const requests: Request[] = []
  const lines = new TraceLines({
    isFull: false,
    columns: () => {},
    request: (bytes, from, to, _hash, size, time) =>
      void requests.push([new TextDecoder().decode(bytes.subarray(from, to)), size, time]),
  })
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += pieceBytes) lines.push(bytes.subarray(at, at + pieceBytes))
  lines.end()
  return { requests, complaints: lines.complaints.map(({ line, message }) => `${line}: ${message}`) }
}

describe('columns', () => {
  it('are key, size, time where no line names them', () => {
    expect(read('a\nb\na\n').requests).toEqual([
      ['a', 0, 0],
      ['b', 0, 0],
      ['a', 0, 0],
    ])
    expect(read('a,10\nb,20.5').requests).toEqual([
      ['a', 10, 0],
      ['b', 20.5, 0],
    ])
    expect(read('a,10,0.5\n').requests).toEqual([['a', 10, 0.5]])
  })

  it('stand where a header says, and others are left out', () => {
    expect(read('Time, op ,KEY,size\r\n3,GET,x,7\r\n4,GET,,7\r\n').requests).toEqual([['x', 7, 3]])
    expect(read('key\nkey\n').requests).toEqual([['key', 0, 0]])
  })

  it('need names when there are more than three', () => {
    expect(read('a,b,c,d\na,b,c,d\n').complaints).toEqual(['1: 4 columns without names'])
  })
})

describe('keys', () => {
  it('are any text, quoted where they hold commas; empty lines and the mark of UTF-8 are skipped', () => {
    expect(read('\ufeff"a,b",1\n\n"say ""hi""",2\r\nüñ,3\n').requests).toEqual([
      ['a,b', 1, 0],
      ['say "hi"', 2, 0],
      ['üñ', 3, 0],
    ])
  })

  it('come out the same however the text is cut into pieces', () => {
    const text = 'key,size\nalpha,1\n"b,c",22\r\n\nün,333\nlast,4'
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (piece) => {
        expect(read(text, piece)).toEqual(read(text))
      }),
    )
  })
})

describe('what is wrong', () => {
  it('is told with its line', () => {
    expect(read('a,1\nb,-2\nc\nd,x\n,5\n"e,5\nf,6,7\ng,\n').complaints).toEqual([
      '2: the size -2 is no number of bytes',
      '3: 1 field where the first line has 2',
      '4: the size x is no number of bytes',
      '5: the key is empty',
      '6: a quote is not closed',
      '7: 3 fields where the first line has 2',
      '8: the size (nothing) is no number of bytes',
    ])
    expect(read('a,1,noon\n').complaints).toEqual(['1: the time noon is no number of seconds'])
  })

  it('is told twenty times at most, and once of a file that is no text', () => {
    expect(read(`a,1\n${'b,x\n'.repeat(100)}`).complaints).toHaveLength(20)
    expect(read('x'.repeat(200_000), 50_000).complaints).toEqual(['1: the line is longer than 65536 bytes'])
  })
})

it('a table numbers keys in the order in which they first come', () => {
  const table = new KeyTable()
  const numbers = new Map<string, number>()
  const encoder = new TextEncoder()
  for (let request = 0; request < 20_000; request++) {
    const key = `key ${(request * request) % 7_919}`
    const bytes = encoder.encode(`<${key}>`)
    const expected = numbers.get(key) ?? numbers.size
    numbers.set(key, expected)
    // Few hashes for many keys: texts decide.
    expect(table.numberOf(bytes, 1, bytes.length - 1, expected % 251)).toBe(expected)
  }
  expect(table.length).toBe(numbers.size)
})
