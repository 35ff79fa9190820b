// How `read` steps through a cache become instructions.
import { KERNEL } from '../../kernel/program.ts'
import type { Label } from '../../kernel/program.ts'
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import { accessOf, READ_FROM } from './cache.compile.ts'
import type { CacheSpec, ReadStepSpec } from './cache.schema.ts'
import type { Access } from './lookup.compile.ts'
import { emitLookup } from './lookup.compile.ts'

/** Where a read goes on that does not simply go on. */
interface ReadLabels {
  /** The read is done. */
  readonly end: Label
  /** The slowest tier is asked, once more. */
  readonly lastTier: Label
  /** The steps of the miss. */
  readonly miss: Label
  /** The program in the background that loads a key; placed where there is one. */
  readonly background: Label
}

/** Emits one read: tier after tier, then, on a miss, the protection, the steps and the filling. */
export function emitRead(step: ReadStepSpec, owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const access = accessOf(step, owner, context)
  const { component, data, tiers, spec } = access
  const [end, lastTier, miss, background] = [program.label(), program.label(), program.label(), program.label()]
  const renews = renewsEntries(spec)
  const targets = {
    hit: end,
    ...(spec.stampede.kind === 'early_refresh' ? { early: miss } : {}),
    ...(renews ? { renew: background } : {}),
  }
  for (const index of tiers.keys()) {
    if (index === tiers.length - 1) program.place(lastTier)
    emitLookup(access, index, targets, context)
  }
  const compute = (next?: Label): void => {
    context.steps(step.miss, owner)
    program.emit(component, 'fill', { data, ...(next === undefined ? {} : { next }) })
  }
  const isThrough = spec.strategy === 'read_through'
  if (isThrough) program.emit(component, 'read_through', { data, targets: { loader: background }, next: end })
  else emitMiss(access, { end, lastTier, miss, background }, compute, context)
  if (isThrough || renews) emitBackground(access, background, isThrough ? 'land' : 'renewed', compute, context)
  if (spec.warmLoad !== undefined && isFirst(access, context)) emitWarming(access, compute, context)
  program.place(end)
}

/** Whether this is the first step that reads these keys through the cache: its misses are what warming does. */
function isFirst({ id, data }: Access, context: CompileContext): boolean {
  const noted = context.usage('caches', id)
  const mark = READ_FROM + Number(data['population'])
  if (noted.has(mark)) return false
  noted.add(mark)
  return true
}

/** Whether entries are renewed in the background. */
function renewsEntries({ strategy, stampede }: CacheSpec): boolean {
  return (
    (typeof strategy === 'object' && strategy.kind === 'refresh_ahead') || stampede.kind === 'stale_while_revalidate'
  )
}

/** The instructions at the two ends of a protected miss. */
const GUARDS = { lock: ['lock', 'unlock'], single_flight: ['single_flight', 'land'] } as const

/** What a miss does in the request itself. */
function emitMiss(
  { component, data, spec }: Access,
  { end, lastTier, miss }: ReadLabels,
  compute: (next?: Label) => void,
  { program }: CompileContext,
): void {
  const { kind } = spec.stampede
  const emitCount = (): void => {
    program.place(miss)
    program.emit(component, 'miss', { data })
  }
  if (kind !== 'lock' && kind !== 'single_flight') {
    emitCount()
    compute(end)
    return
  }
  const [begin, finish] = GUARDS[kind]
  const release = program.label()
  program.emit(component, begin, { data, targets: kind === 'lock' ? { recheck: lastTier } : { done: end } })
  emitCount()
  program.guarded(release, compute)
  program.place(release)
  program.emit(component, finish, { data, next: end })
}

/** A program that nobody waits for: loads a key and fills the cache; `finish` says that it is over. */
function emitBackground(
  { component, data }: Access,
  entry: Label,
  finish: string,
  compute: () => void,
  { program }: CompileContext,
): void {
  const [release, over] = [program.label(), program.label()]
  program.runByBranch(() => {
    program.place(entry)
    program.guarded(release, () => {
      program.emit(component, 'load', { data })
      compute()
    })
    program.place(release)
    program.emit(component, finish, { data, handler: over })
    program.place(over)
    program.emit(KERNEL, 'end_branch', { handler: over, next: over })
  })
}

/** A program that nobody waits for: loads one of the most popular keys after the other. */
function emitWarming({ component, data }: Access, compute: () => void, { program }: CompileContext): void {
  const [entry, loaded, over] = [program.label(), program.label(), program.label()]
  program.runByBranch(() => {
    program.place(entry)
    program.emit(component, 'next_warm', { data, targets: { entry, end: over }, handler: over })
    program.guarded(loaded, () => {
      program.emit(component, 'load', { data })
      compute()
    })
    program.place(loaded)
    program.emit(component, 'end_warm', { data, targets: { again: entry }, handler: over })
    program.place(over)
    program.emit(KERNEL, 'end_branch', { handler: over, next: over })
  })
}
