// What a benchmark is: the same work done by several sides in turn, each time in a fresh process.

/** What one side did in one run. */
export interface Measurement {
  /** Requests simulated, or operations of a kernel. */
  readonly requests: number
  /** Events that took effect; equal to `requests` where there are no events. */
  readonly events: number
  /** Time for that, without setting up: of the thread on a processor, or by the clock where threads work together. */
  readonly seconds: number
  /** Time until the first event: reading, compiling, tables, warm caches. */
  readonly setUpSeconds: number
  /** Most memory the process held, in MB of 10^6 bytes. */
  readonly peakMb: number
  /** A figure that both sides must agree on roughly, to show that they did the same: a mean, a ratio, a sum. */
  readonly check: number
}

/** Who does the work: the engine, a bare loop in JavaScript, the same loop in C, or the engine on one worker. */
export type Side = 'ours' | 'bare' | 'c' | 'one_worker'

/** Measures one side; called once in a process of its own. */
export type Measure = () => Measurement | Promise<Measurement>

/** One line of the report. */
export interface Benchmark {
  readonly name: string
  readonly label: string
  /** What a request is here, in the plural. */
  readonly unit: string
  /** How the C yardstick is called for the same work; absent where it has none. */
  readonly yardstick?: readonly string[]
  readonly sides: Readonly<Partial<Record<Exclude<Side, 'c'>, Measure>>>
  /** What the report judges. */
  readonly goals: Goals
}

/** What must be reached; every one is judged that is given. */
export interface Goals {
  readonly requestsPerSecond?: number
  readonly ofBare?: number
  readonly ofYardstick?: number
  /** Against one worker doing half of the work. */
  readonly ofOneWorker?: number
  /** Against the rate of another benchmark of the same report. */
  readonly ofBenchmark?: { readonly name: string; readonly ratio: number }
  readonly nsPerRequestMax?: number
  readonly peakMbMax?: number
  /** Set-up and run together. */
  readonly secondsMax?: number
  /** Bounds the check figure itself, where that is what is measured. */
  readonly checkMax?: number
}

/** Times synchronous work; `work` answers what it did. */
export function timed(work: () => Pick<Measurement, 'requests' | 'events' | 'check'>, setUpSeconds = 0): Measurement {
  const startSeconds = cpuSeconds()
  const done = work()
  return { ...done, seconds: cpuSeconds() - startSeconds, setUpSeconds, peakMb: peakMb() }
}

/** Time that this thread has had on a processor: what others do on the machine at the same time stays out of it. */
export function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

/** Most memory that this process ever held, in MB. */
export function peakMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6
}
