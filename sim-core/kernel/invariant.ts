/** The one way the simulator stops on a mistake of its own. */

/** A state that our own code promised cannot occur. Never caught inside the core. */
class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation'
}

/**
 * Throws `InvariantViolation` unless `condition` holds.
 * @param message a constant string: it is evaluated on every call, so it must never be built on the hot path.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message)
}
