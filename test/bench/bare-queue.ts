// M/M/c as a bare loop: the yardstick of what JavaScript can do at all.
import { bareExponential, BareHeap, BareRandom, bareRecord } from './bare-parts.ts'
import type { Measurement } from './benchmark.ts'
import { timed } from './benchmark.ts'

const ARRIVAL = 0
const DEPARTURE = 1 << 24
const SLOTS = 1 << 18

/** Serves so many customers at rho 0.9; the check is their mean time in the system in units of the service time. */
export function bareQueue(servers: number, customers: number): Measurement {
  return timed(() => {
    const { sum, done } = loop(servers, customers)
    return { requests: done, events: 2 * done, check: sum / done }
  })
}

function loop(servers: number, customers: number): { sum: number; done: number } {
  const slots = Math.max(SLOTS, 2 * servers)
  const arrivedAt = new Float64Array(slots)
  const behind = new Int32Array(slots)
  const free = Int32Array.from({ length: slots }, (_, i) => slots - 1 - i)
  const counts = new Uint32Array(2048)
  const heap = new BareHeap(4096 + 2 * servers)
  const gaps = new BareRandom(1)
  const services = new BareRandom(2)
  const meanGap = 1 / (0.9 * servers)
  let freeCount = slots
  let busy = 0
  let head = -1
  let tail = -1
  let arrivals = 0
  let sum = 0
  let done = 0
  heap.push(bareExponential(gaps) * meanGap, ARRIVAL)
  while (heap.length > 0) {
    const now = heap.times[0]!
    const tag = heap.tags[0]!
    heap.drop()
    if (tag === ARRIVAL) {
      if (++arrivals < customers) heap.push(now + bareExponential(gaps) * meanGap, ARRIVAL)
      const slot = free[--freeCount]!
      arrivedAt[slot] = now
      if (busy < servers) {
        busy++
        heap.push(now + bareExponential(services), DEPARTURE | slot)
      } else {
        behind[slot] = -1
        if (head < 0) head = slot
        else behind[tail] = slot
        tail = slot
      }
    } else {
      const slot = tag & (DEPARTURE - 1)
      const stay = now - arrivedAt[slot]!
      sum += stay
      done++
      bareRecord(counts, stay)
      free[freeCount++] = slot
      if (head >= 0) {
        const next = head
        head = behind[next]!
        heap.push(now + bareExponential(services), DEPARTURE | next)
      } else busy--
    }
  }
  return { sum, done }
}
