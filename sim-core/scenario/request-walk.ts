// What requests ask of one cache: walks the steps of endpoints as requests do, without time and without anything else.
import type { ReadStepSpec } from '../components/cache/cache.schema.ts'
import type { QuorumStepSpec, TryStepSpec } from '../components/policy/policy.steps.ts'
import type {
  BranchStepSpec,
  CallStepSpec,
  FailStepSpec,
  ParallelStepSpec,
  RepeatStepSpec,
} from '../components/service/service.steps.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { ParsedStep } from '../language/schema-context.ts'
import type { ScenarioSpec } from './parse.ts'
import { stepsDirectlyIn } from './parsed-steps.ts'

/** Steps made ready to be walked: runs them for one request, and says whether the request got through. */
type Walk = () => boolean

/** Walks one request through an endpoint. */
export interface RequestWalk {
  /** Populations of which the cache is asked for keys, by whatever requests. */
  readonly populations: ReadonlySet<string>
  /** Walks a request through an endpoint, named `service.endpoint`. */
  request(endpoint: string): void
}

/**
 * Makes the endpoints of a scenario ready to be walked. Every read of the cache calls `onRead` with its population of keys.
 * Reads of other caches are walked as misses, their steps included, and those of this cache as hits; of `try` the fallback is
 * walked when the steps fail, and calls are made once, whatever their policy. Nothing fails but by `fail` steps.
 * @param stream chances of branches and failures
 */
export function createRequestWalk(
  scenario: ScenarioSpec,
  cache: string,
  stream: RandomStream,
  onRead: (population: string) => void,
): RequestWalk {
  const walks = new Map<string, Walk>()
  const walker = new StepWalker(cache, stream, onRead, (endpoint) => walks.get(endpoint)!())
  for (const [service, { endpoints }] of Object.entries(scenario.services)) {
    for (const [name, { steps }] of Object.entries(endpoints)) walks.set(`${service}.${name}`, walker.sequence(steps))
  }
  return { populations: walker.populations, request: (endpoint) => void walks.get(endpoint)!() }
}

class StepWalker {
  readonly populations = new Set<string>()
  private readonly cache: string
  private readonly stream: RandomStream
  private readonly onRead: (population: string) => void
  private readonly call: (endpoint: string) => boolean

  constructor(
    cache: string,
    stream: RandomStream,
    onRead: (population: string) => void,
    call: (endpoint: string) => boolean,
  ) {
    this.cache = cache
    this.stream = stream
    this.onRead = onRead
    this.call = call
  }

  /** One step after the other, up to the first failure. */
  sequence(steps: readonly ParsedStep[]): Walk {
    const walks = steps.flatMap((step) => this.step(step) ?? [])
    return () => walks.every((walk) => walk())
  }

  /** Undefined for steps that ask nothing and cannot fail. */
  private step({ word, spec }: ParsedStep): Walk | undefined {
    switch (word) {
      case 'read':
        return this.read(spec as ReadStepSpec)
      case 'call':
        return this.oneCall(spec as CallStepSpec)
      case 'branch':
        return this.branch(spec as BranchStepSpec)
      case 'fail':
        return this.chance((spec as FailStepSpec).shareRatio, () => false)
      case 'repeat': {
        const { times, steps } = spec as RepeatStepSpec
        return this.sequence(Array.from({ length: times }, () => steps).flat())
      }
      case 'parallel':
        return this.branches(spec as ParallelStepSpec, (spec as ParallelStepSpec).length)
      case 'quorum':
        return this.branches((spec as QuorumStepSpec).branches, (spec as QuorumStepSpec).need)
      case 'try': {
        const steps = this.sequence((spec as TryStepSpec).steps)
        const fallback = this.sequence((spec as TryStepSpec).fallback)
        return () => steps() || fallback()
      }
      default:
        return this.stepsWithin(spec)
    }
  }

  private read({ cache, key, miss }: ReadStepSpec): Walk {
    if (cache === this.cache) {
      this.populations.add(key)
      return () => {
        this.onRead(key)
        return true
      }
    }
    return this.sequence(miss)
  }

  private oneCall({ endpoint: { service, endpoint }, ifRatio }: CallStepSpec): Walk {
    const name = `${service}.${endpoint}`
    return this.chance(ifRatio ?? 1, () => this.call(name))
  }

  private branch(ways: BranchStepSpec): Walk {
    const given = ways.reduce((sum, { shareRatio }) => sum + (shareRatio ?? 0), 0)
    const walks = ways.map(({ steps }) => this.sequence(steps))
    let sum = 0
    const cumulative = ways.map(({ shareRatio }) => (sum += shareRatio ?? 1 - given))
    return () => {
      const drawn = this.stream.nextUnit()
      const way = cumulative.findIndex((limit) => drawn < limit)
      return (way < 0 ? walks.at(-1)! : walks[way]!)()
    }
  }

  /** Branches at the same time, all of them, of which `need` must get through. */
  private branches(branches: readonly (readonly ParsedStep[])[], need: number): Walk {
    const walks = branches.map((steps) => this.sequence(steps))
    return () => {
      let succeeded = 0
      for (const walk of walks) if (walk()) succeeded += 1
      return succeeded >= need
    }
  }

  private chance(share: number, walk: Walk): Walk {
    return share >= 1 ? walk : () => this.stream.nextUnit() >= share || walk()
  }

  /** Steps of other words run whatever lists of steps they hold. */
  private stepsWithin(spec: unknown): Walk | undefined {
    const found = stepsDirectlyIn(spec)
    return found.length === 0 ? undefined : this.sequence(found)
  }
}
