// Every benchmark, in the order of the report.
import { existsSync, readFileSync } from 'node:fs'
import { bareExponential } from './bare-parts.ts'
import { bareQueue } from './bare-queue.ts'
import { bareTiers } from './bare-tiers.ts'
import type { Benchmark, Goals } from './benchmark.ts'
import { runScenario } from './engine-workload.ts'
import { evictionBenchmarks } from './eviction-workloads.ts'
import * as kernels from './kernel-workloads.ts'
import { memoryOverRuns } from './host-memory.ts'
import { bytesPerRequest } from './memory-workload.ts'
import { referenceScenario } from './reference-scenario.ts'
import { inFlightScenario, inLineScenario, queueScenario, tiersScenario } from './scenario-texts.ts'
import { firstRequests, replications } from './worker-workloads.ts'

const BLACK_FRIDAY = new URL('../../scenarios/black-friday.yaml', import.meta.url)

function queueBenchmark(name: string, servers: number, customers: number, goals: Goals): Benchmark {
  return {
    name,
    label: `M/M/${servers}`,
    unit: 'customers',
    yardstick: [String(servers), String(customers)],
    sides: {
      ours: () => runScenario(queueScenario(servers, customers)),
      bare: () => bareQueue(servers, customers),
    },
    goals,
  }
}

function tiersBenchmark(name: string, hops: boolean, size: number, requests: number, goals: Goals): Benchmark {
  return {
    name,
    label: `three tiers${hops ? ' with hops' : ''}${size > 1 ? `, ${size} times the size` : ''}`,
    unit: 'requests',
    sides: {
      ours: () => runScenario(tiersScenario(hops, size, requests)),
      bare: () => bareTiers(hops, size, requests),
    },
    goals,
  }
}

function eventListBenchmark(pending: number, ties: boolean): Benchmark {
  const count = 4_000_000
  return {
    name: `events-${pending}${ties ? '-ties' : ''}`,
    label: `event list, ${pending} pending${ties ? ', all at one instant' : ''}`,
    unit: 'pops and pushes',
    sides: {
      ours: () => kernels.holdEvents(pending, ties, count),
      bare: () => kernels.holdBare(pending, ties, count),
    },
    goals: { nsPerRequestMax: ties ? 120 : 45 },
  }
}

const models: readonly Benchmark[] = [
  queueBenchmark('mm1', 1, 5_000_000, { requestsPerSecond: 8e6, ofBare: 0.35, ofYardstick: 0.2 }),
  queueBenchmark('mm10', 10, 5_000_000, { requestsPerSecond: 6e6, ofBare: 0.4, ofYardstick: 0.28 }),
  queueBenchmark('mm10000', 10_000, 5_000_000, { ofBenchmark: { name: 'mm10', ratio: 0.6 } }),
  tiersBenchmark('tiers', false, 1, 2_000_000, { requestsPerSecond: 2e6, peakMbMax: 150 }),
  tiersBenchmark('tiers-hops', true, 1, 2_000_000, { requestsPerSecond: 1.1e6, peakMbMax: 150 }),
  tiersBenchmark('tiers-100', true, 100, 2_000_000, { requestsPerSecond: 0.4e6 }),
  ...(existsSync(BLACK_FRIDAY)
    ? [
        {
          name: 'black-friday',
          label: 'Black Friday, one replication',
          unit: 'requests',
          sides: { ours: () => runScenario(readFileSync(BLACK_FRIDAY, 'utf8')) },
          goals: { secondsMax: 60, peakMbMax: 500 },
        },
      ]
    : []),
  {
    name: 'reference',
    label: 'twenty services, fan-out, caches, databases',
    unit: 'requests',
    sides: { ours: () => runScenario(referenceScenario(200_000)) },
    goals: {},
  },
  {
    name: 'first-requests',
    label: 'first 10,000 requests in a warm worker (three tiers, text to result)',
    unit: 'requests',
    sides: { ours: () => firstRequests(tiersScenario(false, 1, 100_000), queueScenario(1, 100_000), 10_000) },
    goals: { secondsMax: 0.1 },
  },
  {
    name: 'two-workers',
    label: 'two replications on two workers, beside one on one (three tiers)',
    unit: 'requests',
    sides: {
      ours: () => replications(tiersScenario(false, 1, 2_000_000), 2),
      one_worker: () => replications(tiersScenario(false, 1, 2_000_000), 1),
    },
    goals: { ofOneWorker: 1.7 },
  },
  {
    name: 'bytes-waiting',
    label: 'bytes of a request that waits in a line (check)',
    unit: 'requests',
    sides: { ours: () => bytesPerRequest(inLineScenario(1_000_000), 900_000) },
    goals: { checkMax: 128 },
  },
  {
    name: 'bytes-timed',
    label: 'bytes of a request that has an event pending (check)',
    unit: 'requests',
    sides: { ours: () => bytesPerRequest(inFlightScenario(900_000), 880_000) },
    goals: { checkMax: 128 },
  },
  {
    name: 'host-memory',
    label: 'memory after 50 more runs of the application over that before (check)',
    unit: 'requests',
    sides: { ours: () => memoryOverRuns(tiersScenario(false, 1, 120_000), 50) },
    goals: { checkMax: 1.05 },
  },
]

const parts: readonly Benchmark[] = [
  ...[10, 100, 1000, 10_000, 100_000].map((pending) => eventListBenchmark(pending, false)),
  ...[1000, 100_000].map((pending) => eventListBenchmark(pending, true)),
  {
    name: 'words',
    label: 'random words',
    unit: 'words',
    sides: { ours: () => kernels.drawWords(50_000_000), bare: () => kernels.drawBareWords(50_000_000) },
    goals: {},
  },
  {
    name: 'exponential',
    label: 'exponential values',
    unit: 'values',
    sides: {
      ours: () => kernels.drawValues({ type: 'exponential', mean: 1 }, 20_000_000),
      bare: () => kernels.drawBareValues(bareExponential, 20_000_000),
    },
    goals: {},
  },
  {
    name: 'lognormal',
    label: 'lognormal values',
    unit: 'values',
    sides: {
      ours: () => kernels.drawValues({ type: 'lognormal', median: 1, sigma: 0.5 }, 10_000_000),
      bare: () => kernels.drawBareValues(kernels.bareLognormal, 10_000_000),
    },
    goals: {},
  },
  {
    name: 'zipf',
    label: 'Zipf ranks of a million keys',
    unit: 'ranks',
    sides: { ours: () => kernels.drawKeys(20_000_000), bare: () => kernels.drawBareKeys(20_000_000) },
    goals: {},
  },
  {
    name: 'histogram',
    label: 'histogram records',
    unit: 'records',
    sides: {
      ours: () => kernels.recordDurations(50_000_000),
      bare: () => kernels.recordBareDurations(50_000_000),
    },
    goals: { nsPerRequestMax: 10 },
  },
  {
    name: 'lru',
    label: 'reads through an LRU',
    unit: 'reads',
    sides: { ours: () => kernels.readThroughLru(20_000_000), bare: () => kernels.readThroughBareLru(20_000_000) },
    goals: {},
  },
]

/** All benchmarks: models first, then the parts of the engine. */
export const benchmarks: readonly Benchmark[] = [...models, ...parts, ...evictionBenchmarks]
