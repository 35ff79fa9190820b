// Frames: handles that are used again, the bound, and what a call inherits.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Frames, NONE } from '../../../sim-core/kernel/frames.ts'

test('a released frame is used again, fresh but for its serial, which voids what was set for it', () => {
  const frames = new Frames(4, 2)
  const first = frames.allocate(10)
  const serial = frames.serial(first)
  frames.addQueueNs(first, 5)
  frames.addNetworkNs(first, 6)
  frames.addLockNs(first, 7)
  frames.addRetryNs(first, 8)
  frames.setCause(first, 3)
  frames.setInstance(first, 2)
  frames.setTrace(first, 1)
  frames.setPriority(first, 9)
  frames.setParent(first, 3)
  frames.setChild(first, 2)
  frames.setWakeNs(first, 99)
  frames.release(first)
  const again = frames.allocate(20)
  expect(again).toBe(first)
  expect(frames.serial(again)).not.toBe(serial)
  const zero = [
    frames.queueNs(again),
    frames.networkNs(again),
    frames.lockNs(again),
    frames.retryNs(again),
    frames.cause(again),
    frames.priority(again),
  ]
  expect(zero).toEqual([0, 0, 0, 0, 0, 0])
  const none = [frames.instance(again), frames.trace(again), frames.parent(again), frames.child(again)]
  expect(none).toEqual([NONE, NONE, NONE, NONE])
  expect(frames.startNs(again)).toBe(20)
  expect(frames.wakeNs(again)).toBeNaN()
})

test('beyond the bound there is none, until one is released', () => {
  const frames = new Frames(3, 0)
  const all = [frames.allocate(0), frames.allocate(0), frames.allocate(0)]
  expect(frames.allocate(0)).toBe(NONE)
  frames.release(all[1]!)
  expect(frames.allocate(0)).toBe(all[1])
  expect([frames.inUse, frames.inUsePeak, frames.highWater]).toEqual([3, 3, 3])
})

test('releasing twice is a mistake of ours', () => {
  const frames = new Frames(1, 0)
  const frame = frames.allocate(0)
  frames.release(frame)
  expect(() => frames.release(frame)).toThrow('released twice')
})

test('a call inherits keys, priority and trace, and nothing else', () => {
  const frames = new Frames(2, 2)
  const parent = frames.allocate(0)
  frames.setKey(parent, 0, 7)
  frames.setKey(parent, 1, 8)
  frames.setPriority(parent, 4)
  frames.setTrace(parent, 5)
  frames.setInstance(parent, 6)
  const child = frames.allocate(0)
  frames.inherit(child, parent)
  expect([
    frames.key(child, 0),
    frames.key(child, 1),
    frames.priority(child),
    frames.trace(child),
    frames.instance(child),
  ]).toEqual([7, 8, 4, 5, NONE])
})

test('parts add up, and can be cleared without touching the rest', () => {
  const frames = new Frames(2, 0)
  const [parent, child] = [frames.allocate(1), frames.allocate(2)]
  frames.setWorkNs(parent, 77)
  for (const frame of [parent, child]) {
    frames.addQueueNs(frame, 1)
    frames.addNetworkNs(frame, 2)
    frames.addLockNs(frame, 3)
    frames.addRetryNs(frame, 4)
  }
  frames.addParts(parent, child)
  const parts = (frame: number): number[] => [
    frames.queueNs(frame),
    frames.networkNs(frame),
    frames.lockNs(frame),
    frames.retryNs(frame),
  ]
  expect(parts(parent)).toEqual([2, 4, 6, 8])
  frames.clearParts(parent)
  expect([...parts(parent), frames.startNs(parent), frames.workNs(parent)]).toEqual([0, 0, 0, 0, 1, 77])
  expect(frames.startNs(child)).toBe(2)
})

test('any order of taking and giving back never hands one frame to two', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 200 }), (moves) => {
      const frames = new Frames(16, 0)
      const held: number[] = []
      for (const move of moves) {
        if (move < 0 && held.length > 0) frames.release(held.splice(-move % held.length, 1)[0]!)
        const frame = move < 0 ? NONE : frames.allocate(0)
        expect(move >= 0 && frame === NONE).toBe(move >= 0 && held.length === 16)
        expect(held).not.toContain(frame)
        if (frame !== NONE) held.push(frame)
        expect(frames.inUse).toBe(held.length)
      }
    }),
  )
})
