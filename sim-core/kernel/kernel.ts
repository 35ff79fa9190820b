// The loop: takes events in order, wakes frames and actors, and runs request programs until each frame waits.
import { BranchLinks } from './branch-links.ts'
import { EventQueue, NO_EVENT, PRIORITY_COMPLETION, PUSH_NS } from './event-queue.ts'
import type { Frames } from './frames.ts'
import { FRAME_ACTIVE, FRAME_DOOMED, FRAME_PARKED, NONE, ORPHAN } from './frames.ts'
import type { Actor, Instruction } from './instruction.ts'
import { PARKED } from './instruction.ts'
import { invariant } from './invariant.ts'
import { CAUSE_CANCELLED } from './outcome.ts'
import type { KernelObserver } from './trace.ts'

// Own copies of imported constants: those are read and checked each time, these are folded into the code.
const COMPLETION = PRIORITY_COMPLETION
const NOTHING_PENDING = NO_EVENT
const END_PLACE = PUSH_NS

/** Payloads of actors are -2, -3, ...; -1 is NO_EVENT and 0.. are frames. */
const FIRST_ACTOR_PAYLOAD = -2
/** Odd constants of the fingerprint's two mixing lanes (golden ratio and murmur finaliser, as commonly used). */
const MIX_A = 0x9e37_79b1 | 0
const MIX_B = 0x85eb_ca6b | 0
const TWO_POW_MINUS_32 = 2 ** -32

type Method = (this: Instruction, frame: number) => number

/**
 * The simulation kernel. It knows frames, instructions, actors and time; no server, cache or metric.
 * A run is `step` until `finished`; nothing in it depends on how many events each call takes.
 */
export class Kernel {
  readonly events = new EventQueue()
  /** [0] is the present instant in ns. */
  readonly clock: Float64Array = this.events.clock
  readonly frames: Frames
  readonly branches: BranchLinks
  /** Only ever added to. */
  readonly instructions: Instruction[] = []
  observer: KernelObserver | undefined
  /** Set by whoever ends the run. */
  finished = false
  /** Events that took effect so far (stale ones do not count). */
  eventsDone = 0
  // The methods of the instructions, by place: found by a look into an array, not by one into the class of each instruction.
  private readonly enters: Method[] = []
  private readonly wakes: Method[] = []
  private readonly actors: Actor[] = []
  private readonly hash = Int32Array.of(MIX_A, MIX_B)
  // Frames to go on at this instant, first in, first out; a ring of a power of two.
  private ready = new Int32Array(1024)
  private readyHead = 0
  private readyTail = 0

  constructor(frames: Frames) {
    this.frames = frames
    this.branches = new BranchLinks(frames)
  }

  get nowNs(): number {
    return this.clock[0]!
  }

  /** Makes an actor known and answers the payload under which `schedule` takes it. */
  addActor(actor: Actor): number {
    this.actors.push(actor)
    return FIRST_ACTOR_PAYLOAD - (this.actors.length - 1)
  }

  /** Schedules an actor's payload. */
  schedule(atNs: number, priority: number, payload: number): void {
    this.events.push(atNs, priority, payload)
  }

  /** Parks an active frame until `atNs`; the caller returns PARKED. */
  wakeAt(frame: number, atNs: number): void {
    this.frames.setWakeNs(frame, atNs)
    this.frames.setState(frame, FRAME_PARKED)
    this.events.push(atNs, PRIORITY_COMPLETION, frame)
  }

  /** Parks an active frame for the time in its `workNs`, counted from now, which becomes its `sinceNs`. */
  parkForWork(frame: number): void {
    this.frames.parkForWork(frame, this.clock, END_PLACE)
    this.events.pushPrepared(COMPLETION, frame)
  }

  /** Lets a waiting frame go on at `pc`, at this instant, after what is already in line. */
  resume(frame: number, pc: number): void {
    this.frames.activate(frame, pc)
    const ring = this.ready
    ring[this.readyTail & (ring.length - 1)] = frame
    this.readyTail++
    if (this.readyTail - this.readyHead === ring.length) this.growReady()
  }

  /** Notes the cause of a failure and answers where the frame goes on. */
  fail(frame: number, cause: number, instruction: Instruction): number {
    if (this.frames.cause(frame) === 0) this.frames.setCause(frame, cause)
    return instruction.handler
  }

  /** Withdraws a frame: from a queue at once, from service as soon as that ends. */
  cancel(frame: number): void {
    const frames = this.frames
    const instruction = this.instructions[frames.pc(frame)]!
    if (frames.state(frame) === FRAME_ACTIVE || frames.state(frame) === FRAME_DOOMED) return
    if (instruction.withdraw(frame, false)) this.resume(frame, this.fail(frame, CAUSE_CANCELLED, instruction))
    else frames.setState(frame, FRAME_DOOMED)
  }

  /**
   * Takes a frame away from what it waits for or receives, at once and with `cause`, as when its machine dies. Its clean-up
   * still runs.
   */
  evict(frame: number, cause: number): void {
    const frames = this.frames
    if (frames.state(frame) === FRAME_ACTIVE) return
    const instruction = this.instructions[frames.pc(frame)]!
    instruction.withdraw(frame, true)
    this.resume(frame, this.fail(frame, cause, instruction))
  }

  /** The call that `child` made up has ended: lets its parent go on, if it still waits, and releases the child. */
  returnTo(parent: number, child: number): void {
    const frames = this.frames
    if (parent >= 0) {
      const pc = this.instructions[frames.pc(parent)]!.childReturned(parent, child)
      if (pc !== PARKED) this.resume(parent, pc)
    }
    frames.release(child)
  }

  /** Lets go of a call for good: what it still does is for nobody. `cause` is why its caller stopped waiting. */
  orphan(child: number, cause: number): void {
    const frames = this.frames
    frames.setChild(frames.parent(child), NONE)
    frames.setParent(child, ORPHAN)
    this.observer?.orphaned(child, cause)
    if (frames.trace(child) >= 0) this.endTraceOf(child)
  }

  /** A call that nobody waits for is traced no further, nor are the calls and branches that it waits for. */
  private endTraceOf(call: number): void {
    const frames = this.frames
    frames.setTrace(call, NONE)
    for (let child = frames.child(call); child >= 0; child = this.branches.next(child)) this.endTraceOf(child)
  }

  /** A deadline set for `serial` is due: the frame's present instruction decides, unless it moved on since. */
  deadlineOf(frame: number, serial: number): void {
    const frames = this.frames
    if (frames.serial(frame) !== serial) return
    const pc = this.instructions[frames.pc(frame)]!.deadline(frame)
    if (pc !== PARKED) this.resume(frame, pc)
  }

  /** Notes where a sampled request spent a stretch of time: at its present instruction. */
  traceSegment(frame: number, part: number, fromNs: number, toNs: number): void {
    this.observer?.segment(this.frames.trace(frame), this.frames.pc(frame), part, fromNs, toNs)
  }

  /** Runs a frame from instruction `pc` until it waits or ends. */
  run(frame: number, pc: number): void {
    if (this.enters.length < this.instructions.length) this.collectMethods()
    const { instructions, frames, enters } = this
    while (pc >= 0) {
      frames.setPc(frame, pc)
      pc = enters[pc]!.call(instructions[pc]!, frame)
    }
  }

  /** Processes at most `eventsMax` events (stale ones included) and answers whether the run goes on. */
  step(eventsMax: number): boolean {
    const events = this.events
    const clock = this.clock
    const { frames } = this
    let a = this.hash[0]!
    let b = this.hash[1]!
    let done = 0
    for (let i = 0; i < eventsMax && !this.finished; i++) {
      const payload = events.pop()
      const nowNs = clock[0]!
      let code = payload
      if (payload >= 0) {
        if (frames.wakeNs(payload) !== nowNs) continue
        code = frames.pc(payload)
        this.wake(payload, code)
      } else if (payload === NOTHING_PENDING) {
        this.finished = true
        break
      } else this.actors[FIRST_ACTOR_PAYLOAD - payload]!.fire()
      if (this.readyHead !== this.readyTail) this.drain()
      a = Math.imul(a ^ (nowNs | 0), MIX_A)
      b = Math.imul(b ^ code ^ (nowNs * TWO_POW_MINUS_32), MIX_B) + a
      a = (a << 13) | (a >>> 19)
      done++
    }
    this.hash[0] = a
    this.hash[1] = b
    this.eventsDone += done
    return !this.finished
  }

  /** The rolling hash over time and component of every event so far, as 16 hexadecimal digits. */
  fingerprint(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
    return hex(this.hash[0]!) + hex(this.hash[1]!)
  }

  private wake(frame: number, pc: number): void {
    const frames = this.frames
    const instruction = this.instructions[pc]!
    const doomed = frames.beginWake(frame)
    const next = this.wakes[pc]!.call(instruction, frame)
    if (doomed && next >= 0) this.run(frame, this.fail(frame, CAUSE_CANCELLED, instruction))
    else this.run(frame, next)
  }

  private collectMethods(): void {
    for (const instruction of this.instructions.slice(this.enters.length)) {
      this.enters.push(Reflect.get(instruction, 'enter'))
      this.wakes.push(Reflect.get(instruction, 'wake'))
    }
  }

  private drain(): void {
    while (this.readyHead !== this.readyTail) {
      const frame = this.ready[this.readyHead & (this.ready.length - 1)]!
      this.readyHead++
      invariant(this.frames.state(frame) === FRAME_ACTIVE, 'a frame in line to go on was released or parked')
      this.run(frame, this.frames.pc(frame))
    }
    this.readyHead = 0
    this.readyTail = 0
  }

  private growReady(): void {
    const old = this.ready
    this.ready = new Int32Array(old.length * 2)
    for (let i = this.readyHead; i < this.readyTail; i++)
      this.ready[i & (this.ready.length - 1)] = old[i & (old.length - 1)]!
  }
}

/** Convenience for instructions that never make calls, set deadlines or wait in a way that can be withdrawn. */
export abstract class PlainInstruction implements Instruction {
  readonly handler: number
  constructor(handler: number) {
    this.handler = handler
  }
  abstract enter(frame: number): number
  wake(_frame: number): number {
    invariant(false, 'an instruction was woken that schedules nothing')
    return PARKED
  }
  childReturned(_frame: number, _child: number): number {
    invariant(false, 'a call returned to an instruction that calls nothing')
    return PARKED
  }
  deadline(_frame: number): number {
    return PARKED
  }
  withdraw(_frame: number, _inService: boolean): boolean {
    return false
  }
}
