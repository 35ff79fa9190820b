/** How a rate, or a number of users, over time is written in a scenario; it parses to a description of a profile. */
import { hasKey, isMap, isScalar, list, oneOf, when } from '../language/collections.ts'
import type { Field } from '../language/field.ts'
import { mapped, optional, withDefault } from '../language/field.ts'
import { fields } from '../language/fields.ts'
import { count, duration, number, rate } from '../language/scalar-fields.ts'
import type { ProfileSpec } from './profiles/registry.ts'
import type { Stage } from './profiles/stages.ts'

/** Most closed users of one source; each one is a program of its own. */
const MAX_USERS = 10_000_000

/** Most that a daily or weekly curve multiplies its base by. */
const MAX_CURVE_FACTOR = 10_000

const HOURS_PER_DAY = 24
const DAYS_PER_WEEK = 7

/** What is described over time. */
export type LevelKind = 'rate' | 'users'

/** A level without unit suffix, so that profiles of rates and of users parse to the same shape. */
function level(kind: LevelKind, help: string): Field<number> {
  return kind === 'rate' ? mapped(rate({ help }), (perSecond) => perSecond) : count({ min: 0, max: MAX_USERS, help })
}

/** A profile: one level, or one of the curves. */
export function profile(kind: LevelKind, help: string): Field<ProfileSpec> {
  const example = kind === 'rate' ? '5000/s' : '200'
  return oneOf(
    [
      when(
        isScalar,
        example,
        mapped(level(kind, 'The same from start to end.'), (value): ProfileSpec => ({
          kind: 'constant',
          level: value,
        })),
        'Constant',
      ),
      when(hasKey('stages'), `{ from: ${example}, stages: [...] }`, stages(kind), 'Stages'),
      when(hasKey('steps'), `{ steps: [{ for: 5m, ${stepKey(kind)}: ${example} }] }`, steps(kind), 'Steps'),
      when(hasKey('daily'), `{ base: ${example}, daily: [...] }`, daily(kind), 'Daily curve'),
      when(hasKey('k6'), '{ k6: [{ duration: 5m, target: 100 }] }', k6(kind), 'k6'),
    ],
    { help, otherwise: { matches: isMap, field: stages(kind) }, picture: { kind: 'load', level: kind } },
  )
}

function stepKey(kind: LevelKind): 'rate' | 'users' {
  return kind
}

function stages(kind: LevelKind): Field<ProfileSpec> {
  const ramp = fields(
    { over: duration({ help: 'How long the ramp takes.', examples: ['10m'] }), to: level(kind, 'Where it leads.') },
    { help: 'A straight line to a new level.' },
  )
  const hold = fields({ hold: duration({ help: 'For how long.', examples: ['10m'] }) }, { help: 'Stays as it is.' })
  const jump = fields({ jump: level(kind, 'The new level.') }, { help: 'Changes at once.' })
  const peak = fields(
    {
      to: level(kind, 'The peak.'),
      over: duration({ help: 'How long the way up takes.', examples: ['30s'] }),
      hold: duration({ help: 'How long the peak lasts.', examples: ['2m'] }),
      back: duration({ help: 'How long the way back takes.', examples: ['30s'] }),
    },
    { help: 'Up, and back to the level before.' },
  )
  const spike = fields({ spike: peak }, { help: 'A spike.' })
  const stage = oneOf(
    [
      when(
        hasKey('hold'),
        '{ hold: 40m }',
        mapped(hold, (spec): Stage => spec),
        'Hold',
      ),
      when(
        hasKey('jump'),
        '{ jump: 1000/s }',
        mapped(jump, (spec): Stage => spec),
        'Jump',
      ),
      when(
        hasKey('spike'),
        '{ spike: { to: 20000/s, over: 10s, hold: 1m, back: 10s } }',
        mapped(spike, (spec): Stage => spec),
        'Spike',
      ),
      when(
        isMap,
        '{ over: 10m, to: 15000/s }',
        mapped(ramp, (spec): Stage => spec),
        'Ramp',
      ),
    ],
    { help: 'One stage.' },
  )
  const schema = fields(
    {
      from: level(kind, 'Level at the start.'),
      stages: list(stage, { help: 'What happens, one after the other; the last level holds to the end.' }),
    },
    { help: 'Ramps, plateaus, jumps and spikes.' },
  )
  return mapped(schema, (spec): ProfileSpec => ({ kind: 'stages', ...spec }))
}

function steps(kind: LevelKind): Field<ProfileSpec> {
  const forHowLong = duration({ above: 0, help: 'For how long.', examples: ['10m'] })
  const help = { help: 'One plateau.' }
  const step: Field<{ readonly forNs: number; readonly level: number }> =
    kind === 'rate'
      ? mapped(fields({ for: forHowLong, rate: level(kind, 'The rate.') }, help), (spec) => ({
          forNs: spec.forNs,
          level: spec.rate,
        }))
      : mapped(fields({ for: forHowLong, users: level(kind, 'The users.') }, help), (spec) => ({
          forNs: spec.forNs,
          level: spec.users,
        }))
  const schema = fields(
    { steps: list(step, { help: 'Plateaus one after the other; the last holds to the end.' }) },
    { help: 'Plateaus with jumps between them.' },
  )
  return mapped(schema, (spec): ProfileSpec => ({ kind: 'steps', ...spec }))
}

function daily(kind: LevelKind): Field<ProfileSpec> {
  const curve = (length: number, what: string) =>
    list(number({ min: 0, max: MAX_CURVE_FACTOR, help: 'What the base is multiplied by.' }), {
      min: length,
      max: length,
      help: what,
    })
  const schema = fields(
    {
      base: level(kind, 'Level where the factor is 1.'),
      daily: curve(HOURS_PER_DAY, '24 factors, one for each hour from midnight.'),
      weekly: optional(curve(DAYS_PER_WEEK, '7 factors, the first for the day on which the run starts.'), 'all 1'),
      start_hour: withDefault(number({ min: 0, max: 23.999, help: 'Hour of the day at which the run starts.' }), 0),
    },
    { help: 'A curve over the hours of the day and the days of the week.' },
  )
  return mapped(schema, (spec): ProfileSpec => ({ kind: 'daily', ...spec }))
}

function k6(kind: LevelKind): Field<ProfileSpec> {
  const target =
    kind === 'rate'
      ? number({ min: 0, max: 1e9, help: 'Level at the end of the stage, per second.', examples: [100] })
      : level(kind, 'Level at the end of the stage.')
  const stage = fields(
    { duration: duration({ help: 'How long the stage takes; 0s is a jump.', examples: ['5m'] }), target },
    { help: 'One stage.' },
  )
  const schema = fields(
    {
      k6: list(stage, { help: 'The stages of a k6 script, as they stand there.' }),
      start: withDefault(level(kind, 'Level before the first stage.'), kind === 'rate' ? '0/s' : 0),
    },
    { help: 'Stages of a k6 script.' },
  )
  return mapped(schema, (spec): ProfileSpec => ({ kind: 'k6', ...spec }))
}
