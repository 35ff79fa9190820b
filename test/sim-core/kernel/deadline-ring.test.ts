// Deadlines of one length: each fires once at its instant unless its serial has moved on before.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeadlineRing } from '../../../sim-core/kernel/deadline-ring.ts'
import { PRIORITY_CONTROL } from '../../../sim-core/kernel/event-queue.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import type { Instruction } from '../../../sim-core/kernel/instruction.ts'
import { PARKED } from '../../../sim-core/kernel/instruction.ts'
import { Kernel } from '../../../sim-core/kernel/kernel.ts'
import { Timer } from '../../../sim-core/kernel/timer.ts'

const LENGTH_NS = 100

interface Firing {
  readonly frame: number
  readonly atNs: number
}

/** A kernel whose only instruction notes the deadlines that reach it. */
function ringRig(frameCount: number): {
  kernel: Kernel
  ring: DeadlineRing
  fired: Firing[]
  at: (atNs: number, action: () => void) => void
} {
  const kernel = new Kernel(new Frames(frameCount, 0))
  const fired: Firing[] = []
  const instruction: Instruction = {
    handler: 0,
    enter: () => PARKED,
    wake: () => PARKED,
    childReturned: () => PARKED,
    withdraw: () => true,
    deadline(frame) {
      fired.push({ frame, atNs: kernel.nowNs })
      kernel.frames.setSerial(frame, kernel.frames.serial(frame) + 1)
      return PARKED
    },
  }
  kernel.instructions.push(instruction)
  for (let i = 0; i < frameCount; i++) kernel.frames.setPc(kernel.frames.allocate(0), 0)
  const ring = new DeadlineRing(kernel, LENGTH_NS)
  return { kernel, ring, fired, at: (atNs, action) => new Timer(kernel, PRIORITY_CONTROL, action).set(atNs) }
}

test('any mixture of tries that end and tries that do not', () => {
  const move = fc.record({ afterNs: fc.integer({ min: 0, max: 40 }), frame: fc.nat({ max: 9 }) })
  fc.assert(
    fc.property(fc.array(move, { maxLength: 1500 }), (moves) => {
      const { kernel, ring, fired, at } = ringRig(10)
      const open = new Map<number, number>()
      const expected: Firing[] = []
      let now = 0
      const expire = (): void => {
        for (const [frame, dueNs] of open) {
          if (dueNs > now) continue
          expected.push({ frame, atNs: dueNs })
          open.delete(frame)
        }
      }
      for (const { afterNs, frame } of moves) {
        now += afterNs
        // What is due at the instant of a move fires after it: the move is of higher priority.
        now -= 1
        expire()
        now += 1
        const ends = open.delete(frame)
        if (!ends) open.set(frame, now + LENGTH_NS)
        at(now, () => {
          if (ends) kernel.frames.setSerial(frame, kernel.frames.serial(frame) + 1)
          else ring.set(frame)
        })
      }
      now = Infinity
      expire()
      while (kernel.step(1000));
      expect(fired).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('many more deadlines than it has room for at first, nearly all void', () => {
  const { kernel, ring, fired, at } = ringRig(3000)
  for (let frame = 0; frame < 3000; frame++) {
    at(frame % 7, () => {
      ring.set(frame)
      if (frame % 500 !== 0) at(7 + (frame % 80), () => kernel.frames.setSerial(frame, kernel.frames.serial(frame) + 1))
    })
  }
  while (kernel.step(1000));
  expect(fired.map(({ frame }) => frame).toSorted((a, b) => a - b)).toEqual([0, 500, 1000, 1500, 2000, 2500])
  for (const { frame, atNs } of fired) expect(atNs).toBe(LENGTH_NS + (frame % 7))
})

test('a frame that is released and used again does not inherit a deadline', () => {
  const { kernel, ring, fired, at } = ringRig(1)
  at(0, () => ring.set(0))
  at(50, () => {
    kernel.frames.release(0)
    kernel.frames.setPc(kernel.frames.allocate(50), 0)
  })
  at(60, () => ring.set(0))
  while (kernel.step(1000));
  expect(fired).toEqual([{ frame: 0, atNs: 160 }])
})
