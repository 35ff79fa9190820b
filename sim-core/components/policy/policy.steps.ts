/** The step words that policies contribute: steps with a fallback, and branches of which enough must succeed. */
import { list } from '../../language/collections.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { count, flag, text } from '../../language/scalar-fields.ts'
import type { SchemaContext, StepDefinition } from '../../language/schema-context.ts'

/** Most branches of one quorum. */
const MAX_BRANCHES = 1_000

function trySchema(context: SchemaContext) {
  return fields(
    {
      steps: context.steps(),
      fallback: context.steps(),
      on: optional(
        list(text({ maxLength: 64, help: 'A cause of failure.' }), {
          help: 'Only failures of these causes lead to the fallback.',
        }),
        'every cause',
      ),
    },
    { help: 'Steps, and what is done instead when they fail.' },
  )
}

function quorumSchema(context: SchemaContext) {
  return fields(
    {
      need: count({ max: MAX_BRANCHES, help: 'Branches that must succeed.' }),
      branches: list(context.steps(), { max: MAX_BRANCHES, help: 'Lists of steps that run at the same time.' }),
      cancel: withDefault(
        flag({ help: 'Whether branches that are not needed any more are stopped; otherwise they go on for nobody.' }),
        false,
      ),
    },
    { help: 'Branches of which enough must succeed.', check: quorumIsPossible },
  )
}

function quorumIsPossible(spec: { readonly need: number; readonly branches: readonly unknown[] }): PlacedComplaint[] {
  if (spec.need <= spec.branches.length) return []
  const message = `${spec.need} of ${spec.branches.length} branches can never succeed`
  return [{ code: 'contradiction', message, hint: 'need at most as many as there are branches', path: ['need'] }]
}

/** What each step parses to. */
export type TryStepSpec = OutputOf<ReturnType<typeof trySchema>>
export type QuorumStepSpec = OutputOf<ReturnType<typeof quorumSchema>>

/** `- try: { steps: [...], fallback: [...] }` */
const tryStep: StepDefinition<TryStepSpec> = {
  word: 'try',
  help: 'Runs steps; when they fail, runs others instead, and the request goes on as if nothing had happened.',
  schema: trySchema,
}

/** `- quorum: { need: 2, branches: [[...], [...], [...]] }` */
const quorumStep: StepDefinition<QuorumStepSpec> = {
  word: 'quorum',
  help: 'Runs lists of steps at the same time and goes on when enough of them have succeeded.',
  schema: quorumSchema,
}

/** Every step word of policies. */
export const policySteps: readonly StepDefinition[] = [tryStep, quorumStep]
