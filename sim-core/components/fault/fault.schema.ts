/** How faults are written in a scenario: what breaks, when, and for how long. */
import { hasKey, isMap, list, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { OutputOf } from '../../language/field.ts'
import { leaf, mapped, optional } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { count, duration, factor } from '../../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition } from '../../language/schema-context.ts'
import type { FaultTarget } from './fault-target.ts'
import { breakable, mortal } from './fault-target.ts'

const at = () => duration({ help: 'Instant since the start of the run, warm-up included.', examples: ['20m'] })

function kill(context: SchemaContext) {
  const schema = fields(
    {
      at: at(),
      kill: mortal(context.names),
      replicas: optional(count({ help: 'Replicas of a service that die.' }), 'all'),
    },
    {
      help: 'Kills replicas of a service, nodes of a cache or locations of a CDN; what they were doing or keeping is lost.',
      check: replicasFit,
    },
  )
  return mapped(schema, ({ kill: target, ...rest }) => ({ kind: 'kill' as const, target, ...rest }))
}

function replicasFit(spec: { readonly kill: FaultTarget; readonly replicas?: number | undefined }) {
  const { kill: target, replicas } = spec
  if (replicas === undefined || (target.section !== 'caches' && target.section !== 'cdns')) return []
  const isCache = target.section === 'caches'
  const message = isCache ? 'a cache has no replicas' : 'a CDN has no replicas'
  const part = isCache ? `node: ${target.id}.${target.tier}[0]` : `location: ${target.id}.riyadh`
  return [{ code: 'contradiction', message, hint: `leave replicas away, or name one ${part}`, path: ['replicas'] }]
}

function restore(context: SchemaContext) {
  const schema = fields(
    { at: at(), restore: mortal(context.names) },
    {
      help: 'Brings back every killed replica of a service, or killed nodes of a cache or locations of a CDN, which begin empty.',
    },
  )
  return mapped(schema, ({ restore: target, ...rest }) => ({ kind: 'restore' as const, target, ...rest }))
}

function slow(context: SchemaContext) {
  const by = factor({ above: 1, help: 'How many times slower it works.' })
  const once = fields(
    {
      at: at(),
      for: duration({ above: 0, help: 'For how long.', examples: ['2m'] }),
      slow: breakable(context.names),
      by,
    },
    { help: 'Slows something down for a while.' },
  )
  const recurring = fields(
    { slow: breakable(context.names), by, ...recurrence() },
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
    {
      at: at(),
      for: duration({ above: 0, help: 'For how long.', examples: ['2m'] }),
      freeze: breakable(context.names),
    },
    { help: 'Stops something for a while; work waits and goes on afterwards.' },
  )
  const recurring = fields(
    { freeze: breakable(context.names), ...recurrence() },
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

/** The section `faults`. */
export const faultSection = {
  section: 'faults',
  label: 'Faults',
  help: 'What breaks, when, and for how long. Slow-downs that overlap on one target multiply.',
  schema: (context: SchemaContext) => list(faultSchema(context), { min: 0, help: 'The faults, in any order.' }),
  whenAbsent: [],
  steps: [],
} as const satisfies SectionDefinition
