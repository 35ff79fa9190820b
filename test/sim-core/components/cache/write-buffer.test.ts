// A batch of writes that are held back: it coalesces, keeps the order, and takes memory as it fills.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WriteBatch } from '../../../../sim-core/components/cache/write-buffer.ts'
import { Frames } from '../../../../sim-core/kernel/frames.ts'

/** Adds a write of a key; the row that it brings is the key and the number of the write. */
function write(frames: Frames, batch: WriteBatch, key: number, number: number): boolean {
  frames.setKey(0, 0, key)
  frames.setKey(0, 1, number)
  return batch.add(key, 0)
}

/** The rows of a batch in order, as programs get them. */
function rows(frames: Frames, batch: WriteBatch): readonly (readonly number[])[] {
  return Array.from({ length: batch.count }, (_, place) => {
    batch.done = place
    batch.handTo(1)
    return [frames.key(1, 0), frames.key(1, 1)]
  })
}

function framesForTwo(): Frames {
  const frames = new Frames(2, 2)
  frames.allocate(0)
  frames.allocate(0)
  return frames
}

test('holds the last write of each key in the order of the first ones, however many there are', () => {
  const frames = framesForTwo()
  // What was cleared is used again, as it is when a batch was stored.
  const batch = new WriteBatch(frames)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 1000 }), (keys) => {
      batch.clear()
      const expected = new Map<number, number>()
      for (const [number, key] of keys.entries()) {
        expect(write(frames, batch, key, number)).toBe(!expected.has(key))
        expected.set(key, number)
      }
      expect(rows(frames, batch)).toEqual([...expected])
    }),
    { numRuns: 100 },
  )
})

/** Bytes of the rows and keys of a batch. */
function bytesOf(batch: WriteBatch): number {
  return Object.values(batch).reduce<number>(
    (sum, value) => sum + (value instanceof Int32Array ? value.byteLength : 0),
    0,
  )
}

test('takes the memory of what it holds, and not of what it might', () => {
  const frames = framesForTwo()
  const batch = new WriteBatch(frames)
  const bytes = [bytesOf(batch)]
  for (let key = 0; key < 200; key++) {
    write(frames, batch, key, 0)
    if (bytesOf(batch) !== bytes.at(-1)) bytes.push(bytesOf(batch))
  }
  // A row of two populations and a key for 64 writes, for 128 and for 256.
  expect(bytes).toEqual([64, 128, 256].map((writes) => writes * 3 * Int32Array.BYTES_PER_ELEMENT))
})
