// The processor of a machine: one of the stations, chosen by how its cores are shared out between the work at hand.
import type { Kernel } from './kernel.ts'
import { PreemptiveServer } from './preemptive-server.ts'
import { ProcessorSharingServer } from './processor-sharing-server.ts'
import { QueueingServer } from './queueing-server.ts'
import type { Patience, Station } from './station.ts'
import type { StationMeter } from './station-meter.ts'

/** How cores are shared out; the words are those of scenarios. */
export type Scheduling = 'processor_sharing' | 'fifo' | 'lifo' | 'priority' | 'priority_preemptive'

/** What a processor is made from. */
export interface ProcessorOptions {
  readonly cores: number
  readonly scheduling: Scheduling
  /** Places for work that waits for a core; unlimited when absent. */
  readonly capacity?: number | undefined
  /** How long work waits for a core. Without effect under processor sharing, where all work is in service at once. */
  readonly patience?: Patience | undefined
}

/** A processor. Its cores are not added to the meter's servers: whoever starts and stops machines does that. */
export function createProcessor(kernel: Kernel, meter: StationMeter, options: ProcessorOptions): Station {
  const { cores, scheduling, patience } = options
  const capacity = options.capacity ?? Infinity
  if (scheduling === 'processor_sharing') return new ProcessorSharingServer(kernel, meter, cores, cores + capacity)
  const queue = { servers: cores, capacity, patience }
  if (scheduling === 'priority_preemptive') return new PreemptiveServer(kernel, meter, queue)
  return new QueueingServer(kernel, meter, scheduling, queue)
}
