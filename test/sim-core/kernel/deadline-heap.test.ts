// Deadlines of any length fire in the order in which they are due, unless their frame has moved on.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeadlineHeap } from '../../../sim-core/kernel/deadline-heap.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import { PARKED } from '../../../sim-core/kernel/instruction.ts'
import { Kernel, PlainInstruction } from '../../../sim-core/kernel/kernel.ts'

/** Notes when each frame's deadline passed. */
class Notes extends PlainInstruction {
  readonly passed: [frame: number, atNs: number][] = []
  private readonly kernel: Kernel

  constructor(kernel: Kernel) {
    super(0)
    this.kernel = kernel
  }

  enter(): number {
    return PARKED
  }

  override deadline(frame: number): number {
    this.passed.push([frame, this.kernel.nowNs])
    return PARKED
  }
}

test('in order of their ends, ties in the order in which they were set; void ones never', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ dueNs: fc.nat(50), isVoid: fc.boolean() }), { maxLength: 600 }), (deadlines) => {
      const kernel = new Kernel(new Frames(1000, 0))
      const notes = new Notes(kernel)
      kernel.instructions.push(notes)
      const heap = new DeadlineHeap(kernel)
      const frames = deadlines.map(({ dueNs }) => {
        const frame = kernel.frames.allocate(0)
        kernel.frames.setPc(frame, 0)
        heap.set(frame, dueNs)
        return frame
      })
      for (const [i, { isVoid }] of deadlines.entries()) {
        if (isVoid) kernel.frames.setSerial(frames[i]!, kernel.frames.serial(frames[i]!) + 1)
      }
      while (kernel.step(1000)) continue
      const expected = deadlines
        .map(({ dueNs, isVoid }, i) => ({ frame: frames[i]!, dueNs, isVoid }))
        .filter(({ isVoid }) => !isVoid)
        .toSorted((a, b) => a.dueNs - b.dueNs || a.frame - b.frame)
        .map(({ frame, dueNs }) => [frame, dueNs])
      expect(notes.passed).toEqual(expected)
    }),
  )
})

test('one set later that ends earlier is not kept waiting, one in the past is due at once', () => {
  const kernel = new Kernel(new Frames(10, 0))
  const notes = new Notes(kernel)
  kernel.instructions.push(notes)
  const heap = new DeadlineHeap(kernel)
  const [a, b, c] = [1, 2, 3].map(() => kernel.frames.allocate(0))
  heap.set(a!, 100)
  heap.set(b!, 40)
  heap.set(c!, -5)
  while (kernel.step(1000)) continue
  expect(notes.passed).toEqual([
    [c, 0],
    [b, 40],
    [a, 100],
  ])
})
