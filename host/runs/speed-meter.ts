/** Tells how much faster than the clock on the wall a simulation goes just now. */

/** How far back it looks, and the least that it needs, in ms. */
const WINDOW_MS = 2_000
const NEEDED_MS = 200

const NS_PER_MS = 1e6

interface Reading {
  readonly wallMs: number
  readonly simulatedNs: number
}

/** Readings of one replication, the last two seconds of them. */
export class SpeedMeter {
  #readings: Reading[] = []

  /** Forgets everything: another replication, or a pause in between. */
  reset(): void {
    this.#readings = []
  }

  /** Takes a reading; answers simulated seconds per second, or null before it can be told. */
  read(wallMs: number, simulatedNs: number): number | null {
    this.#readings = this.#readings.filter((reading) => reading.wallMs >= wallMs - WINDOW_MS)
    this.#readings.push({ wallMs, simulatedNs })
    const first = this.#readings[0]!
    const passedMs = wallMs - first.wallMs
    return passedMs < NEEDED_MS ? null : (simulatedNs - first.simulatedNs) / NS_PER_MS / passedMs
  }
}
