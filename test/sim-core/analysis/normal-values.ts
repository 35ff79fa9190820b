// A seeded stream of standard normal values that shares no code with the simulator.

/** Modulus and multiplier of Lehmer's generator (Park and Miller, Communications of the ACM 31, 1988). */
const MODULUS = 2_147_483_647
const MULTIPLIER = 48_271

/** A function that gives the next value: Box and Muller's transformation of two uniform ones. */
export function normalValues(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (state * MULTIPLIER) % MODULUS
    return state / MODULUS
  }
  for (let i = 0; i < 10; i += 1) uniform()
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
