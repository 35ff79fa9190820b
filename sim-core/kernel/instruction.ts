// What an instruction of a request program is, and what else can be the target of an event.

/** Returned instead of the next instruction's index: the frame waits, something will resume it. */
export const PARKED = -1

/**
 * One instruction of the request programs; one object each, shared by all frames that come by.
 * Every method returns the index of the instruction to go on with, or PARKED.
 */
export interface Instruction {
  /** Where a failure at this instruction continues: the nearest clean-up, ending in the return. */
  readonly handler: number
  /** The frame arrives here. */
  enter(frame: number): number
  /** The wake-up that the frame scheduled here is due. */
  wake(frame: number): number
  /** A call that the frame made here has returned; the child is released by the caller of this method. */
  childReturned(frame: number, child: number): number
  /** The deadline that the frame set here has passed. */
  deadline(frame: number): number
  /**
   * Takes the frame out of whatever it waits for here and answers true. A frame in service stays there (false), unless
   * `inService` says that the service itself is lost.
   */
  withdraw(frame: number, inService: boolean): boolean
}

/** Something other than a frame that events can be scheduled for: sources, timers, shared stations. */
export interface Actor {
  /** The event is due. */
  fire(): void
}
