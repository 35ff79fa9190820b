/** Answers can overtake one another; only the one that was asked for last says how things are now. */

export class Turns {
  #last = 0

  /** Takes a turn; the answer is a question: whether nobody took another one since. */
  take(): () => boolean {
    this.#last++
    const own = this.#last
    return () => own === this.#last
  }
}
