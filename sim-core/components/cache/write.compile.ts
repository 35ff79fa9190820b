// How `write` steps through a cache become instructions.
import { KERNEL } from '../../kernel/program.ts'
import type { EmitOptions, Label, PlanValue } from '../../kernel/program.ts'
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { WriteStepSpec } from './cache.schema.ts'
import { accessOf, WRITTEN } from './cache.compile.ts'
import type { Access } from './lookup.compile.ts'

/** Emits one write: the steps that store the value, at once or later, and what the cache forgets and receives. */
export function emitWrite(step: WriteStepSpec, owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const access = accessOf(step, owner, context)
  const { component, data, spec } = access
  const { strategy, invalidation } = spec
  const { delayNs, costNs } = { delayNs: undefined, costNs: undefined, ...invalidation }
  const isBehind = typeof strategy === 'object' && strategy.kind === 'write_behind'
  const [end, message] = [program.label(), program.label()]
  const flush = program.labelOfStep(step)
  context.usage('caches', access.id).add(WRITTEN)
  if (!isBehind) context.steps(step.store, owner)
  const own = (op: string, targets: Readonly<Record<string, Label>> = {}) => {
    return (next: EmitOptions): unknown => program.emit(component, op, { data, targets, ...next })
  }
  const parts = [own('invalidate', delayNs === undefined ? {} : { message })]
  if (isBehind || strategy === 'write_through') parts.push(own('put'))
  if (isBehind) parts.push(own('hold', { flush }))
  if (costNs !== undefined) parts.push((next) => emitDelay(access, costNs, 'cost', next, context))
  // Programs in the background follow, past which the write goes on.
  for (const [index, emit] of parts.entries()) emit(index === parts.length - 1 ? { next: end } : {})
  if (delayNs !== undefined) emitMessage(access, message, delayNs, context)
  // All rounds of a loop hold their writes in one buffer, so one program stores them.
  if (isBehind && flush.pc < 0) emitFlush(access, flush, () => context.steps(step.store, owner), context)
  program.place(end)
}

/** Time that an invalidation takes; `what` names the random stream. */
function emitDelay(
  { id }: Access,
  durationNs: object,
  what: string,
  options: EmitOptions,
  { program }: CompileContext,
): void {
  const data = { duration: durationNs as PlanValue, network: false, stream: `${id}/invalidation.${what}` }
  program.emit(KERNEL, 'delay', { data, ...options })
}

/** The program that brings word of a write to the instances, after a while. */
function emitMessage(access: Access, entry: Label, delayNs: object, context: CompileContext): void {
  const { program } = context
  const over = program.label()
  program.runByBranch(() => {
    program.place(entry)
    emitDelay(access, delayNs, 'delay', { handler: over }, context)
    program.emit(access.component, 'arrive', { data: access.data, handler: over })
    endBackground(over, context)
  })
}

/** The program that stores what was held back, key by key. */
function emitFlush(access: Access, entry: Label, store: () => void, context: CompileContext): void {
  const { program } = context
  const { component, data } = access
  const [stored, over] = [program.label(), program.label()]
  program.runByBranch(() => {
    program.place(entry)
    program.emit(component, 'next_write', { data, targets: { end: over, entry }, handler: over })
    program.guarded(stored, store)
    program.place(stored)
    program.emit(component, 'end_write', { data, targets: { again: entry }, handler: over })
    endBackground(over, context)
  })
}

function endBackground(over: Label, { program }: CompileContext): void {
  program.place(over)
  program.emit(KERNEL, 'end_branch', { handler: over, next: over })
}
