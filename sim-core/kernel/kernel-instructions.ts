// Makes the instructions that every program may use, whoever wrote it.
import { Call, Fork } from './call.ts'
import { Branch, EndBranch, Fail, Jump, Recover, Rethrow } from './control.ts'
import type { DurationSampler } from './delay.ts'
import { Delay } from './delay.ts'
import type { Instruction } from './instruction.ts'
import { invariant } from './invariant.ts'
import type { Kernel } from './kernel.ts'
import type { PlanInstruction, PlanValue } from './program.ts'
import { Quorum } from './quorum.ts'
import type { RandomStream } from './random.ts'

/** What instructions draw from and call, by the names and indices that plans use. */
export interface InstructionSources {
  readonly kernel: Kernel
  readonly stream: (name: string) => RandomStream
  /** A sampler of a distribution of the plan on a named stream. */
  readonly sampler: (distribution: PlanValue, stream: string) => DurationSampler
  /** First instruction of each endpoint. */
  readonly entries: Int32Array
}

interface DelayData {
  readonly duration: PlanValue
  readonly network: boolean
  readonly stream: string
}

interface BranchData {
  readonly shares: readonly number[]
  readonly stream: string
}

interface FailData {
  readonly share: number
  readonly cause: number
  readonly stream: string
}

interface QuorumData {
  readonly count: number
  readonly needed: number
  readonly cancel: boolean
}

type Maker = (plan: PlanInstruction, sources: InstructionSources) => Instruction

const makers: Readonly<Record<string, Maker>> = {
  delay(plan, { kernel, sampler }) {
    const { duration, network, stream } = plan.data as unknown as DelayData
    return new Delay(kernel, plan.next, plan.handler, sampler(duration, stream), network)
  },
  jump: (plan) => new Jump(plan.handler, plan.targets['to']!),
  branch(plan, { stream: streamOf }) {
    const { shares, stream } = plan.data as unknown as BranchData
    return new Branch(
      plan.handler,
      shares.map((_, way) => plan.targets[`way${way}`]!),
      shares,
      streamOf(stream),
    )
  },
  fail(plan, { kernel, stream: streamOf }) {
    const { share, cause, stream } = plan.data as unknown as FailData
    return new Fail(kernel, plan.next, plan.handler, share, cause, streamOf(stream))
  },
  fork(plan, { kernel }) {
    const { count } = plan.data as unknown as { readonly count: number }
    return new Fork(kernel, plan.next, plan.handler, branchEntries(plan, count))
  },
  quorum(plan, { kernel }) {
    const { count, needed, cancel } = plan.data as unknown as QuorumData
    const entries = branchEntries(plan, count)
    return new Quorum(kernel, { nextPc: plan.next, handler: plan.handler, entries, needed, cancel })
  },
  recover(plan, { kernel }) {
    const { causes } = plan.data as unknown as { readonly causes: readonly number[] }
    return new Recover(kernel, plan.next, plan.handler, causes)
  },
  end_branch: (plan, { kernel }) => new EndBranch(kernel, plan.handler),
  rethrow: (plan, { kernel }) => new Rethrow(kernel, plan.next, plan.handler),
  call(plan, { kernel, entries }) {
    return new Call(
      kernel,
      plan.next,
      plan.handler,
      entries,
      (plan.data as unknown as { readonly endpoint: number }).endpoint,
    )
  },
}

/** First instruction of each branch of a fork. */
function branchEntries(plan: PlanInstruction, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => plan.targets[`branch${i}`]!)
}

/** The object of an instruction whose owner is KERNEL. */
export function kernelInstruction(plan: PlanInstruction, sources: InstructionSources): Instruction {
  const make = makers[plan.op]
  invariant(make !== undefined, 'a plan has an instruction that no kernel knows')
  return make(plan, sources)
}
