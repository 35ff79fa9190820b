// Turns the steps that policies contribute into instructions.
import { CAUSES_MAX } from '../../kernel/outcome.ts'
import { KERNEL } from '../../kernel/program.ts'
import type { StepCompiler } from '../../model/component-definition.ts'
import type { QuorumStepSpec, TryStepSpec } from './policy.steps.ts'

const tryCompiler: StepCompiler = (spec, owner, context) => {
  const { steps, fallback, on } = spec as TryStepSpec
  const { program } = context
  const failed = program.label()
  const after = program.label()
  program.guarded(failed, () => {
    context.steps(steps, owner)
    program.emit(KERNEL, 'jump', { targets: { to: after } })
  })
  program.place(failed)
  const causes = on === undefined ? everyCause() : on.map((name) => context.cause(name))
  program.emit(KERNEL, 'recover', { data: { causes } })
  context.steps(fallback, owner)
  program.place(after)
}

const quorum: StepCompiler = (spec, owner, context) => {
  const { need, branches, cancel } = spec as QuorumStepSpec
  const { program } = context
  const after = program.label()
  const entries = branches.map(() => program.label())
  const targets = Object.fromEntries(entries.map((entry, i) => [`branch${i}`, entry]))
  program.emit(KERNEL, 'quorum', { data: { count: branches.length, needed: need, cancel }, targets, next: after })
  program.runByBranch(() => {
    for (const [i, steps] of branches.entries()) {
      const end = program.label()
      program.place(entries[i]!)
      program.guarded(end, () => context.steps(steps, owner))
      program.place(end)
      program.emit(KERNEL, 'end_branch', { handler: end, next: end })
    }
  })
  program.place(after)
}

/** By step word. */
export const policyStepCompilers: Readonly<Record<string, StepCompiler>> = { try: tryCompiler, quorum }

/** Every cause there can be, those that `fail` steps name included. */
function everyCause(): number[] {
  return Array.from({ length: CAUSES_MAX - 1 }, (_, index) => index + 1)
}
