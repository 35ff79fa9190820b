// The behaviour of a service: picks an instance per request, runs it there, keeps count, breaks and recovers.
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import { CAUSE_INSTANCE_KILLED } from '../../kernel/outcome.ts'
import { createProcessor } from '../../kernel/processor.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { Slots } from '../../kernel/slots.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import { Timer } from '../../kernel/timer.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import { HealthChecks } from './health-checks.ts'
import type { Instance } from './instance.ts'
import { Placement } from './placement.ts'
import { declareServiceMetrics } from './service-metrics.ts'
import { Scaling } from './scaling.ts'
import type { ServiceConfig } from './service-config.ts'
import { serviceInstruction } from './service.instructions.ts'

/** A service in one run. */
export class ServiceModel implements Model {
  readonly config: ServiceConfig
  readonly context: ModelContext
  readonly instances: readonly Instance[]
  readonly placement: Placement
  /** Work done per instance since its scaling last looked, in ns of one core. */
  readonly workDoneNs: Float64Array
  /** [sum of response times in ns, responses] since scaling last looked. */
  readonly responses = new Float64Array(2)
  private readonly processorMeter: StationMeter
  private readonly workerMeter: StationMeter | undefined
  private readonly health: HealthChecks | undefined
  private readonly scaling: Scaling | undefined

  constructor(config: ServiceConfig, context: ModelContext) {
    this.config = config
    this.context = context
    this.workDoneNs = new Float64Array(config.replicasMax)
    this.processorMeter = context.meter('cpu')
    this.workerMeter = config.workers.kind === 'limited' ? context.meter('workers') : undefined
    this.placement = new Placement(config.balancer, config.replicasMax, context)
    this.instances = Array.from({ length: config.replicasMax }, (_, index) => this.createInstance(index))
    this.health = config.health === undefined ? undefined : new HealthChecks(this, config.health)
    this.scaling = config.autoscaler === undefined ? undefined : new Scaling(this, config.autoscaler)
    declareServiceMetrics(this)
  }

  instruction(plan: PlanInstruction): Instruction {
    return serviceInstruction(this, plan)
  }

  start(): void {
    for (let index = 0; index < this.config.replicas; index++) this.becomeReady(this.instances[index]!)
    this.placement.start()
    this.health?.start()
    this.scaling?.start()
  }

  /** Instances in a state. */
  count(state: Instance['state']): number {
    let count = 0
    for (const instance of this.instances) if (instance.state === state) count++
    return count
  }

  /** Replicas that are, or are about to be, in service. */
  wanted(): number {
    return this.count('ready') + this.count('starting') + this.count('dead')
  }

  /** Starts an absent instance; it takes requests once its start-up is over. */
  startInstance(instance: Instance, startUpNs: number): void {
    invariant(instance.state === 'absent', 'only an absent instance is started')
    instance.state = 'starting'
    instance.startedNs = this.context.kernel.nowNs
    instance.startTimer.set(instance.startedNs + startUpNs)
  }

  /** Takes an instance out: it finishes what it has and takes nothing new. */
  stopInstance(instance: Instance): void {
    invariant(instance.state !== 'absent' && instance.state !== 'draining', 'an instance is stopped once')
    instance.startTimer.clear()
    this.placement.leaves(instance.index)
    if (instance.state !== 'ready') {
      instance.state = 'absent'
      return
    }
    instance.state = 'draining'
    if (instance.outstanding === 0) this.leave(instance)
  }

  /** An instance that takes no more requests has answered one. */
  answeredBy(instance: Instance): void {
    if (instance.outstanding === 0 && instance.state === 'draining') this.leave(instance)
  }

  kill(part: number | undefined, count: number | undefined): void {
    const running = this.instances.filter(
      ({ index, state }) => (part === undefined || index === part) && state !== 'absent' && state !== 'dead',
    )
    for (const instance of running.slice(0, count)) this.killInstance(instance)
  }

  restore(part: number | undefined): void {
    for (const instance of this.instances) {
      if (instance.state === 'dead' && (part === undefined || instance.index === part)) this.becomeReady(instance)
    }
  }

  setSpeed(part: number | undefined, speed: number): void {
    for (const instance of this.instances)
      if (part === undefined || instance.index === part) instance.processor.setSpeed(speed)
  }

  /** What was told to stop anyway does not come back: it leaves as soon as its requests have failed. */
  private killInstance(instance: Instance): void {
    this.context.recorder.note({
      component: this.context.id,
      kind: 'killed',
      text: `instance ${instance.index} was killed`,
    })
    if (instance.state === 'starting') instance.startTimer.clear()
    else this.context.instanceEnded(instance.index, true)
    if (instance.state === 'ready') this.changeServers(-1)
    if (instance.state !== 'draining') {
      instance.state = 'dead'
      instance.checksInRow = 0
      if (this.health === undefined) this.placement.dies(instance.index)
    }
    this.evictFrom(instance)
  }

  /** Everything that an instance works on fails. */
  private evictFrom(instance: Instance): void {
    const { kernel, serviceOfPc, component } = this.context
    const { frames } = kernel
    for (let frame = 0; frame < frames.highWater; frame++) {
      if (frames.state(frame) < 2 || frames.instance(frame) !== instance.index) continue
      if (serviceOfPc[frames.pc(frame)] === component) kernel.evict(frame, CAUSE_INSTANCE_KILLED)
    }
  }

  private becomeReady(instance: Instance): void {
    const wasDead = instance.state === 'dead'
    instance.state = 'ready'
    instance.readySinceNs = this.context.kernel.nowNs
    if (!wasDead || this.health === undefined) this.placement.joins(instance.index)
    this.changeServers(1)
    this.context.instanceStarted(instance.index)
  }

  private leave(instance: Instance): void {
    instance.state = 'absent'
    this.changeServers(-1)
    this.context.instanceEnded(instance.index, false)
  }

  private changeServers(sign: 1 | -1): void {
    const { nowNs } = this.context.kernel
    const { cpu, workers } = this.config
    this.processorMeter.changeServers(nowNs, sign * cpu.cores)
    if (workers.kind === 'limited') this.workerMeter!.changeServers(nowNs, sign * workers.count)
  }

  private createInstance(index: number): Instance {
    const { context, config } = this
    const { kernel } = context
    const instance: Instance = {
      index,
      processor: createProcessor(kernel, this.processorMeter, {
        ...config.cpu,
        patience: this.patience(config.cpu.patienceNs, 'cpu'),
      }),
      workers: this.createWorkers(),
      startTimer: new Timer(kernel, PRIORITY_CONTROL, () => {
        this.becomeReady(instance)
        context.recorder.note({ component: context.id, kind: 'ready', text: `instance ${index} is ready` })
      }),
      state: 'absent',
      outstanding: 0,
      startedNs: 0,
      readySinceNs: 0,
      checksInRow: 0,
    }
    return instance
  }

  private createWorkers(): Slots | undefined {
    const { workers } = this.config
    if (workers.kind === 'unlimited') return undefined
    const { discipline, capacity, patienceNs, expired, shed } = workers.queue
    return new Slots(this.context.kernel, this.workerMeter!, discipline, {
      servers: workers.count,
      capacity: capacity ?? Infinity,
      patience: this.patience(patienceNs, 'workers'),
      expired,
      shed,
      adapt: workers.adapt,
    })
  }

  private patience(distribution: DistributionSpec | undefined, queue: string): Sampler | undefined {
    return distribution === undefined ? undefined : this.context.sampler(distribution, `patience for ${queue}`)
  }
}
