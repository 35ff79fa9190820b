/** How faults are written in a scenario: what breaks, when, and for how long. */
import { hasKey, isMap, list, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { Field, OutputOf } from '../../language/field.ts'
import { leaf, mapped, optional } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { hintForName } from '../../language/nearest-name.ts'
import type { Reading } from '../../language/quantity.ts'
import { quoted } from '../../language/quantity.ts'
import { count, duration, factor } from '../../language/scalar-fields.ts'
import type { ScenarioNames, SchemaContext, SectionDefinition } from '../../language/schema-context.ts'

/** What a fault strikes: a whole service or database, or one instance or shard of it. */
export interface FaultTarget {
  readonly section: 'services' | 'databases'
  readonly id: string
  /** Index from 0 of the one instance or shard; absent for all of it. */
  readonly index?: number
}

const TARGET = /^([a-z][a-z0-9_]*)(?:\.([a-z]+)\[(\d{1,6})\])?$/u

const EXAMPLE = 'write catalog, catalog.instance[0], orders_db or orders_db.shard[3]'

function target(names: ScenarioNames): Field<FaultTarget> {
  return leaf((input) => readTarget(names, input), {
    type: 'target',
    help: 'A service, `service.instance[n]`, a database or `database.shard[n]`; n counts from 0.',
    suffix: '',
    json: {
      type: 'string',
      pattern: TARGET.source,
      examples: ['catalog', 'catalog.instance[0]', 'orders_db.shard[3]'],
    },
    input: { kind: 'reference', sections: ['services', 'databases'], isOpen: true },
  })
}

function readTarget(names: ScenarioNames, input: unknown): Reading<FaultTarget> {
  if (input === undefined) return complain('missing', 'a target is required here', EXAMPLE)
  const match = typeof input === 'string' ? TARGET.exec(input.trim()) : null
  if (match === null) return complain('bad-target', `${quoted(input)} is not a target`, EXAMPLE)
  const [, id = '', part, index] = match
  const databases = names.ids('databases') ?? []
  const known = [...(names.ids('services') ?? [id]), ...databases]
  if (!known.includes(id)) {
    const hint = hintForName(id, known, 'the scenario has neither services nor databases')
    return complain('unknown-reference', `there is no service or database "${id}"`, hint)
  }
  const isDatabase = databases.includes(id)
  const fitting = isDatabase ? 'shard' : 'instance'
  if (index !== undefined && part !== fitting) {
    const what = isDatabase ? 'database' : 'service'
    return complain('bad-target', `a ${what} has no ${part}`, `write ${id}.${fitting}[${index}]`)
  }
  const section = isDatabase ? 'databases' : 'services'
  return { value: index === undefined ? { section, id } : { section, id, index: Number(index) } }
}

function service(context: SchemaContext, help: string) {
  return context.reference('services', help)
}

const at = () => duration({ help: 'Instant since the start of the run, warm-up included.', examples: ['20m'] })

function kill(context: SchemaContext) {
  const schema = fields(
    {
      at: at(),
      kill: service(context, 'The service that loses replicas.'),
      replicas: optional(count({ help: 'Replicas that die.' }), 'all'),
    },
    { help: 'Kills replicas of a service; what they were doing is lost.' },
  )
  return mapped(schema, ({ kill: id, ...rest }) => ({ kind: 'kill' as const, service: id, ...rest }))
}

function restore(context: SchemaContext) {
  const schema = fields(
    { at: at(), restore: service(context, 'The service whose killed replicas come back.') },
    { help: 'Brings back every killed replica of a service.' },
  )
  return mapped(schema, ({ restore: id, ...rest }) => ({ kind: 'restore' as const, service: id, ...rest }))
}

function slow(context: SchemaContext) {
  const by = factor({ above: 1, help: 'How many times slower it works.' })
  const once = fields(
    { at: at(), for: duration({ above: 0, help: 'For how long.', examples: ['2m'] }), slow: target(context.names), by },
    { help: 'Slows something down for a while.' },
  )
  const recurring = fields(
    { slow: target(context.names), by, ...recurrence() },
    { help: 'Slows something down again and again, at random.' },
  )
  return [
    when(
      both('slow', 'every'),
      '{ slow: db, by: 8x, every: exponential(50s), for: exponential(3s) }',
      mapped(recurring, ({ slow: what, by: times, everyNs, forNs }) => ({
        kind: 'slow' as const,
        target: what,
        factor: times,
        when: { kind: 'recurring' as const, everyNs, forNs },
      })),
      'Slow, recurring',
    ),
    when(
      hasKey('slow'),
      '{ at: 30m, for: 2m, slow: db, by: 5x }',
      mapped(once, ({ slow: what, by: times, atNs, forNs }) => ({
        kind: 'slow' as const,
        target: what,
        factor: times,
        when: { kind: 'once' as const, atNs, forNs },
      })),
      'Slow',
    ),
  ] as const
}

function freeze(context: SchemaContext) {
  const once = fields(
    { at: at(), for: duration({ above: 0, help: 'For how long.', examples: ['2m'] }), freeze: target(context.names) },
    { help: 'Stops something for a while; work waits and goes on afterwards.' },
  )
  const recurring = fields(
    { freeze: target(context.names), ...recurrence() },
    { help: 'Stops something again and again, at random.' },
  )
  return [
    when(
      both('freeze', 'every'),
      '{ freeze: db, every: exponential(50s), for: exponential(3s) }',
      mapped(recurring, ({ freeze: what, everyNs, forNs }) => ({
        kind: 'freeze' as const,
        target: what,
        when: { kind: 'recurring' as const, everyNs, forNs },
      })),
      'Freeze, recurring',
    ),
    when(
      hasKey('freeze'),
      '{ at: 30m, for: 10s, freeze: db }',
      mapped(once, ({ freeze: what, atNs, forNs }) => ({
        kind: 'freeze' as const,
        target: what,
        when: { kind: 'once' as const, atNs, forNs },
      })),
      'Freeze',
    ),
  ] as const
}

function recurrence() {
  return {
    every: distributionOf('duration', { help: 'Time from the end of one to the start of the next.' }),
    for: distributionOf('duration', { help: 'How long each one lasts.' }),
  }
}

function both(first: string, second: string): (input: unknown) => boolean {
  return (input) => hasKey(first)(input) && hasKey(second)(input)
}

/** What a map of no known fault is refused by: its mistyped key, or else the lack of one. */
function strikingNothing() {
  const keys = ['at', 'for', 'by', 'every', 'replicas', 'kill', 'restore', 'slow', 'freeze']
  const anything = () => optional(leaf((input) => ({ value: input }), { type: 'any', help: '', suffix: '' }))
  const hint = 'add kill, restore, slow or freeze, with what is struck'
  return fields(Object.fromEntries(keys.map((key) => [key, anything()])), {
    help: 'A fault that strikes nothing.',
    check: () => [{ code: 'missing', message: 'this fault strikes nothing', hint, path: [] }],
  })
}

/** The schema of one fault. */
function faultSchema(context: SchemaContext) {
  return oneOf(
    [
      when(hasKey('kill'), '{ at: 20m, kill: catalog, replicas: 2 }', kill(context), 'Kill'),
      when(hasKey('restore'), '{ at: 25m, restore: catalog }', restore(context), 'Restore'),
      ...slow(context),
      ...freeze(context),
    ],
    { help: 'Something that goes wrong.', otherwise: { matches: isMap, field: strikingNothing() } },
  )
}

/** A parsed fault. */
export type FaultSpec = OutputOf<ReturnType<typeof faultSchema>>

function complain(code: string, message: string, hint: string) {
  return { complaint: { code, message, hint } }
}

/** The section `faults`. */
export const faultSection = {
  section: 'faults',
  label: 'Faults',
  help: 'What breaks, when, and for how long. Slow-downs that overlap on one target multiply.',
  schema: (context: SchemaContext) => list(faultSchema(context), { min: 0, help: 'The faults, in any order.' }),
  whenAbsent: [],
  steps: [],
} as const satisfies SectionDefinition
