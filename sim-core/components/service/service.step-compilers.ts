// Turns the steps that services contribute into instructions.
import type { PlanValue } from '../../kernel/program.ts'
import { KERNEL } from '../../kernel/program.ts'
import type { Label } from '../../kernel/program.ts'
import type { ParsedStep } from '../../language/schema-context.ts'
import type { CompileContext, StepCompiler, StepOwner } from '../../model/component-definition.ts'
import type { BranchStepSpec, CallStepSpec, FailStepSpec, ParallelStepSpec, RepeatStepSpec } from './service.steps.ts'

const cpu: StepCompiler = (spec, owner, context) => {
  const data = { duration: spec as PlanValue, stream: context.streamName(owner, 'cpu') }
  context.program.emit(owner.component, 'cpu', { data, station: 'cpu' })
}

const delay: StepCompiler = (spec, owner, context) => {
  const data = { duration: spec as PlanValue, network: false, stream: context.streamName(owner, 'delay') }
  context.program.emit(KERNEL, 'delay', { data })
}

const call: StepCompiler = (spec, owner, context) => {
  const { endpoint, policy, ifRatio } = spec as CallStepSpec
  const emit = (): void => {
    const data = { endpoint: context.endpoint(endpoint.service, endpoint.endpoint).index }
    context.program.emit(policy === undefined ? KERNEL : context.component('policies', policy), 'call', { data })
  }
  if (ifRatio === undefined || ifRatio >= 1) emit()
  else
    emitWays(
      [
        { share: ifRatio, emit },
        { share: 1 - ifRatio, emit: () => undefined },
      ],
      owner,
      context,
    )
}

const branch: StepCompiler = (spec, owner, context) => {
  const ways = spec as BranchStepSpec
  const given = ways.reduce((sum, { shareRatio }) => sum + (shareRatio ?? 0), 0)
  const emitted = ways.map(({ shareRatio, steps }) => ({
    share: shareRatio ?? 1 - given,
    emit: () => context.steps(steps, owner),
  }))
  emitWays(emitted, owner, context)
}

const parallel: StepCompiler = (spec, owner, context) => {
  const branches = spec as ParallelStepSpec
  const { program } = context
  const after = program.label()
  const entries = branches.map(() => program.label())
  const targets = Object.fromEntries(entries.map((entry, i) => [`branch${i}`, entry]))
  program.emit(KERNEL, 'fork', { data: { count: branches.length }, targets, next: after })
  program.runByBranch(() => {
    for (const [i, steps] of branches.entries()) emitBranch(entries[i]!, steps, owner, context)
  })
  program.place(after)
}

const repeat: StepCompiler = (spec, owner, context) => {
  const { times, steps } = spec as RepeatStepSpec
  for (let round = 0; round < times; round++) context.steps(steps, owner)
}

const fail: StepCompiler = (spec, owner, context) => {
  const { shareRatio, cause } = spec as FailStepSpec
  const stream = context.streamName(owner, 'fail')
  context.program.emit(KERNEL, 'fail', { data: { share: shareRatio, cause: context.cause(cause), stream } })
}

/** By step word. */
export const serviceStepCompilers: Readonly<Record<string, StepCompiler>> = {
  cpu,
  delay,
  call,
  branch,
  parallel,
  repeat,
  fail,
}

function emitBranch(entry: Label, steps: readonly ParsedStep[], owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const end = program.label()
  program.place(entry)
  program.guarded(end, () => context.steps(steps, owner))
  program.place(end)
  program.emit(KERNEL, 'end_branch', { handler: end, next: end })
}

interface Way {
  readonly share: number
  readonly emit: () => void
}

function emitWays(ways: readonly Way[], owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const after = program.label()
  const places = ways.map(() => program.label())
  const stream = context.streamName(owner, 'branch')
  const targets = Object.fromEntries(places.map((place, i) => [`way${i}`, place]))
  program.emit(KERNEL, 'branch', { data: { shares: ways.map(({ share }) => share), stream }, targets })
  for (const [i, way] of ways.entries()) {
    program.place(places[i]!)
    way.emit()
    program.emit(KERNEL, 'jump', { targets: { to: after } })
  }
  program.place(after)
}
