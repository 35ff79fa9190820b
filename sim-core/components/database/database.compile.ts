// How databases and their `query` steps become plan data and instructions.
import { KERNEL } from '../../kernel/program.ts'
import type { Label, PlanValue } from '../../kernel/program.ts'
import { emitNetwork } from '../../kernel/network.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { DatabaseSpec, QueryClassSpec, QueryStepSpec } from './database.schema.ts'

/** The plan's entry for a database, in base units. */
export interface DatabaseConfig {
  readonly shards: number
  readonly primary: DatabaseSpec['primary']
  readonly replicas: DatabaseSpec['replicas']
  readonly classes: DatabaseSpec['classes']
}

/** Data of a `route` instruction: the shard is given, or that of the request's key in a population, or the only one. */
export interface RouteData {
  readonly kind: QueryClassSpec['kind']
  readonly population?: number
  readonly shard?: number
}

/** Data of a `work` instruction. */
export interface WorkData {
  readonly class: string
}

/** The plan's entry for a parsed database. */
export function compileDatabase(spec: DatabaseSpec): DatabaseConfig {
  return { shards: spec.shards?.count ?? 1, primary: spec.primary, replicas: spec.replicas, classes: spec.classes }
}

/** Everything that the instructions of one query need. */
interface Query {
  readonly spec: DatabaseSpec
  readonly id: string
  readonly component: number
  readonly classId: string
  readonly queryClass: QueryClassSpec
  readonly shards: number
}

/** Emits one query: routing, the way there, the visit to the server, the way back. */
export function emitQuery(step: QueryStepSpec, _owner: StepOwner, context: CompileContext): void {
  const spec = context.spec('databases', step.database) as DatabaseSpec
  const queryClass = spec.classes[step.class]
  invariant(queryClass !== undefined, 'a query names a class of its database')
  const component = context.component('databases', step.database)
  const shards = spec.shards?.count ?? 1
  const query: Query = { spec, id: step.database, component, classId: step.class, queryClass, shards }
  if (queryClass.scatter && shards > 1) {
    emitScatter(query, context)
    return
  }
  const key = step.key ?? spec.shards?.key
  const place = shards > 1 && key !== undefined ? { population: context.population(key) } : { shard: 0 }
  emitRoute(query, context, place)
  emitVisit(query, context)
}

function emitRoute(
  { component, queryClass }: Query,
  context: CompileContext,
  place: Omit<RouteData, 'kind'>,
  next?: Label,
): void {
  const data = { kind: queryClass.kind, ...place }
  context.program.emit(component, 'route', next === undefined ? { data } : { data, next })
}

/** A branch per shard: each begins with a routing of its own and goes on in instructions that all share. */
function emitScatter(query: Query, context: CompileContext): void {
  const { program } = context
  const [visit, end, joined] = [program.label(), program.label(), program.label()]
  const branches = Array.from({ length: query.shards }, () => program.label())
  const targets = Object.fromEntries(branches.map((label, shard) => [`branch${shard}`, label]))
  program.emit(KERNEL, 'fork', { targets, data: { count: query.shards }, next: joined })
  program.runByBranch(() => {
    program.guarded(end, () => {
      for (const [shard, label] of branches.entries()) {
        program.place(label)
        emitRoute(query, context, { shard }, visit)
      }
      program.place(visit)
      emitVisit(query, context)
    })
    program.place(end)
    program.emit(KERNEL, 'end_branch')
  })
  program.place(joined)
}

/** The chosen server does the work, a connection being held meanwhile. A failure gives it back and has no way back. */
function emitVisit({ spec, id, component, classId, queryClass }: Query, context: CompileContext): void {
  const { program } = context
  const data: PlanValue = { class: classId }
  emitNetwork(program, spec.network?.requestNs, `${id}/network-request`)
  if (isPooled(spec, queryClass)) {
    const release = program.label()
    program.emit(component, 'acquire', { station: 'pool' })
    program.guarded(release, () => program.emit(component, 'work', { data, station: 'cpu' }))
    program.place(release)
    program.emit(component, 'release')
  } else program.emit(component, 'work', { data, station: 'cpu' })
  emitNetwork(program, spec.network?.responseNs, `${id}/network-response`)
}

/** Whether any server that the class may go to limits its connections. */
function isPooled({ primary, replicas }: DatabaseSpec, { kind }: QueryClassSpec): boolean {
  return primary.pool !== undefined || (kind === 'read' && replicas?.pool !== undefined)
}
