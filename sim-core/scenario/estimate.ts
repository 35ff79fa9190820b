// What a run will cost, told before it is started.
import { distributionMean } from '../distributions/registry.ts'
import { growthFactor } from '../traffic/growth.ts'
import { expectedVisits } from '../traffic/journey.ts'
import { rateProfile, userProfile } from '../traffic/profiles/registry.ts'
import { profileMean } from '../traffic/rate-profile.ts'
import { userPeak } from '../traffic/user-profile.ts'
import { NS_PER_SECOND } from '../kernel/time.ts'
import type { ScenarioSpec } from './parse.ts'

/** Client requests traced in one replication, about: enough for the slowest percent to be a few hundred. */
const TRACES_WANTED = 20_000
/** A closed user is taken to wait this long for each answer, which is not known before the run. */
const ANSWER_GUESS_NS = 0.1 * NS_PER_SECOND
/** What journeys without end count for, in requests of a replication, beside others. */
const REQUESTS_MAX = 1e12

/** Client requests expected in one replication. */
export function requestsExpected(scenario: ScenarioSpec): number {
  const { durationNs } = scenario.run
  let requests = 0
  for (const source of Object.values(scenario.traffic)) requests += requestsOf(source, durationNs)
  return Math.round(requests)
}

/** Client requests expected in one replication for each endpoint that clients ask, `service.endpoint`. */
export function endpointRequests(scenario: ScenarioSpec): ReadonlyMap<string, number> {
  const requests = new Map<string, number>()
  for (const source of Object.values(scenario.traffic)) {
    const visits = journeyVisits(source) ?? new Map((source.mix ?? []).map((entry) => [nameOf(entry), entry.share]))
    const endless = [...visits.values()].some((count) => count === Infinity)
    // A journey that never ends is, but for its beginning, where it can be for ever.
    const weightOf = (count: number): number => (endless ? Number(count === Infinity) : count)
    let total = 0
    for (const count of visits.values()) total += weightOf(count)
    const expected = Math.min(requestsOf(source, scenario.run.durationNs), REQUESTS_MAX)
    for (const [name, count] of visits) {
      requests.set(name, (requests.get(name) ?? 0) + (expected * weightOf(count)) / total)
    }
  }
  return requests
}

function requestsOf(source: Source, durationNs: number): number {
  if (source.users !== undefined) {
    const cycleNs = ANSWER_GUESS_NS + (source.thinkNs === undefined ? 0 : distributionMean(source.thinkNs))
    return (userPeak(userProfile(source.users, durationNs), durationNs) * durationNs) / cycleNs
  }
  const perArrival = Math.max(1, distributionMean(source.batch)) * journeyLength(source)
  return arrivalsExpected(source, durationNs) * perArrival
}

/** Every how many requests one is traced. */
export function traceStride(requests: number): number {
  return Math.max(1, Math.ceil(requests / TRACES_WANTED))
}

type Source = ScenarioSpec['traffic'][string]

function arrivalsExpected(source: Source, durationNs: number): number {
  const { arrivals, growth } = source
  const factor =
    source.multiplier * (growth === undefined ? 1 : growthFactor({ perYear: growth.perYearRatio, years: growth.years }))
  const seconds = durationNs / NS_PER_SECOND
  if (arrivals.kind === 'interarrival') return durationNs / Math.max(1, distributionMean(arrivals.distribution))
  if (arrivals.kind === 'mmpp') {
    const total = arrivals.phases.reduce((sum, { meanNs }) => sum + meanNs, 0)
    return (
      (seconds * factor * arrivals.phases.reduce((sum, { perSecond, meanNs }) => sum + perSecond * meanNs, 0)) / total
    )
  }
  return source.rate === undefined
    ? 0
    : profileMean(rateProfile(source.rate, durationNs, factor), 0, durationNs) * seconds
}

/** Mean number of requests of one journey. */
function journeyLength(source: Source): number {
  const visits = journeyVisits(source)
  if (visits === undefined) return 1
  let sum = 0
  for (const count of visits.values()) sum += count
  return sum
}

/** Mean number of requests of one journey for each endpoint; undefined where there is none. */
function journeyVisits({ journey }: Source): ReadonlyMap<string, number> | undefined {
  if (journey === undefined) return undefined
  if (journey.kind === 'sequence') {
    const visits = new Map<string, number>()
    for (const name of journey.steps.map(nameOf)) visits.set(name, (visits.get(name) ?? 0) + 1)
    return visits
  }
  const names = [
    ...new Set([journey.start, ...journey.next.flatMap(({ from, transitions }) => [from, ...transitions])].map(nameOf)),
  ]
  const next = names.map((name) =>
    journey.next
      .filter(({ from }) => nameOf(from) === name)
      .flatMap(({ transitions }) => transitions.map((to) => ({ to: names.indexOf(nameOf(to)), share: to.share }))),
  )
  const visits = expectedVisits({ kind: 'markov', start: names.indexOf(nameOf(journey.start)), next }, names.length)
  return new Map(names.map((name, index) => [name, visits[index]!]))
}

function nameOf({ service, endpoint }: { readonly service: string; readonly endpoint: string }): string {
  return `${service}.${endpoint}`
}

/** Whether load and system stay the same over the whole run: no stages or curves, nothing that breaks at an instant. */
export function isStationary(scenario: ScenarioSpec): boolean {
  const steadyLoad = Object.values(scenario.traffic).every(({ rate, users }) =>
    [rate, users].every((level) => level === undefined || level.kind === 'constant'),
  )
  return steadyLoad && scenario.faults.every((fault) => 'when' in fault && fault.when.kind === 'recurring')
}
