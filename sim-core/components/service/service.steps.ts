/** The step words that services contribute: work, waiting, calls, and the shapes that combine steps. */
import { isMap, isScalar, list, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import { contradiction } from '../../language/contradiction.ts'
import type { OutputOf } from '../../language/field.ts'
import { checked, mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { count, ratio, text } from '../../language/scalar-fields.ts'
import type { SchemaContext, StepDefinition } from '../../language/schema-context.ts'
import { endpointKind } from '../../language/schema-context.ts'
import { formatRatio } from '../../language/units.ts'

/** Most rounds of a `repeat` step: more would be one request that never ends. */
const MAX_REPEATS = 10_000

/** Slack when shares are added up: a tenth of a percent, so that 33.3% three times is a whole. */
const SHARE_SLACK = 0.001

/** Cause recorded by a `fail` step that names none. */
const DEFAULT_CAUSE = 'failed'

const cpuSchema = () => distributionOf('duration', { help: 'Time on a core of the instance.' })
const delaySchema = () =>
  distributionOf('duration', { help: 'Time that passes without using a core; the worker stays taken.' })

function callSchema(context: SchemaContext) {
  const endpoint = context.member(endpointKind, 'The endpoint that is called.')
  const full = fields(
    {
      endpoint,
      policy: optional(
        context.reference('policies', 'Timeout, retries and breaker of the call.'),
        'wait for ever, no retry',
      ),
      if: optional(ratio({ help: 'Share of requests that make the call.' }), '100%'),
    },
    { help: 'A call with its policy.' },
  )
  const short = mapped(endpoint, (target): OutputOf<typeof full> => ({ endpoint: target }))
  return oneOf(
    [
      when(isScalar, 'service.endpoint', short, 'Endpoint'),
      when(isMap, '{ endpoint: service.endpoint, policy: ... }', full, 'With policy'),
    ],
    {
      help: 'Calls an endpoint of a service and waits for the answer.',
    },
  )
}

function parallelSchema(context: SchemaContext) {
  return list(context.steps(), {
    min: 1,
    max: 1_000,
    help: 'Lists of steps that run at the same time; all must end, and one failure fails all.',
  })
}

function branchSchema(context: SchemaContext) {
  const arm = fields(
    {
      share: optional(ratio({ help: 'Share of requests that go this way.' }), 'the rest'),
      steps: context.steps(),
    },
    { help: 'One way to go.' },
  )
  const arms = list(arm, { max: 1_000, help: 'Each request goes one of these ways, chosen at random by share.' })
  return checked(arms, (spec) => {
    const open = spec.filter((way) => way.shareRatio === undefined).length
    const total = spec.reduce((sum, way) => sum + (way.shareRatio ?? 0), 0)
    if (open > 1) return [contradiction('only one way may have no share', 'give all but one a share')]
    if (total > 1 + SHARE_SLACK) {
      return [contradiction(`the shares add up to ${formatRatio(total)}`, 'make them 100% together')]
    }
    if (open > 0 || total >= 1 - SHARE_SLACK) return []
    return [contradiction(`the shares add up to ${formatRatio(total)}`, 'add a way without share for the rest')]
  })
}

function repeatSchema(context: SchemaContext) {
  return fields(
    {
      times: count({ max: MAX_REPEATS, help: 'How often the steps run, one after the other.' }),
      steps: context.steps(),
    },
    { help: 'Runs steps several times in a row.' },
  )
}

function failSchema() {
  const share = ratio({ help: 'Share of requests that fail here.' })
  const full = fields(
    {
      share: withDefault(share, '100%'),
      cause: withDefault(text({ maxLength: 64, help: 'Cause under which the failure is counted.' }), DEFAULT_CAUSE),
    },
    { help: 'A failure with its cause.' },
  )
  const short = mapped(share, (shareRatio): OutputOf<typeof full> => ({ shareRatio, cause: DEFAULT_CAUSE }))
  return oneOf(
    [when(isScalar, '1%', short, 'Share'), when(isMap, '{ share: 1%, cause: out_of_stock }', full, 'With cause')],
    {
      help: 'Fails a share of the requests.',
    },
  )
}

/** `- cpu: 2ms` */
const cpuStep: StepDefinition<CpuStepSpec> = {
  word: 'cpu',
  help: 'Uses a core of the instance for a while.',
  schema: cpuSchema,
}

/** `- delay: 5ms` */
const delayStep: StepDefinition<DelayStepSpec> = {
  word: 'delay',
  help: 'Lets time pass without using a core; the worker stays taken.',
  schema: delaySchema,
}

/** `- call: inventory.reserve` */
const callStep: StepDefinition<CallStepSpec> = {
  word: 'call',
  help: 'Calls an endpoint of a service and waits for the answer.',
  schema: callSchema,
}

/** `- parallel: [[...], [...]]` */
const parallelStep: StepDefinition<ParallelStepSpec> = {
  word: 'parallel',
  help: 'Runs lists of steps at the same time and waits for all of them; one failure fails the step.',
  schema: parallelSchema,
}

/** `- branch: [{ share: 70%, steps: [...] }, { steps: [...] }]` */
const branchStep: StepDefinition<BranchStepSpec> = {
  word: 'branch',
  help: 'Goes one of several ways, chosen at random by share.',
  schema: branchSchema,
}

/** `- repeat: { times: 3, steps: [...] }` */
const repeatStep: StepDefinition<RepeatStepSpec> = {
  word: 'repeat',
  help: 'Runs steps several times in a row.',
  schema: repeatSchema,
}

/** `- fail: 1%` */
const failStep: StepDefinition<FailStepSpec> = {
  word: 'fail',
  help: 'Fails a share of the requests, with a cause.',
  schema: failSchema,
}

/** What each step parses to. */
export type CpuStepSpec = OutputOf<ReturnType<typeof cpuSchema>>
export type DelayStepSpec = OutputOf<ReturnType<typeof delaySchema>>
export type CallStepSpec = OutputOf<ReturnType<typeof callSchema>>
export type ParallelStepSpec = OutputOf<ReturnType<typeof parallelSchema>>
export type BranchStepSpec = OutputOf<ReturnType<typeof branchSchema>>
export type RepeatStepSpec = OutputOf<ReturnType<typeof repeatSchema>>
export type FailStepSpec = OutputOf<ReturnType<typeof failSchema>>

/** Every step word of services. */
export const serviceSteps: readonly StepDefinition[] = [
  cpuStep,
  delayStep,
  callStep,
  parallelStep,
  branchStep,
  repeatStep,
  failStep,
]
