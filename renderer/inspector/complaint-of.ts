/** What a field says about a value while it is being typed. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'

/** A sentence, and how to mend it. */
export interface ShownComplaint {
  readonly message: string
  readonly hint: string
}

/** The first complaint of a field about a value; undefined when it is right. */
export function complaintOf(field: AnyField, value: JsonValue | undefined): ShownComplaint | undefined {
  const result = field.safeParse(value)
  const issue = result.success ? undefined : result.error.issues[0]
  if (issue === undefined) return undefined
  const hint = issue.code === 'custom' ? issue.params?.['hint'] : undefined
  return { message: issue.message, hint: typeof hint === 'string' ? hint : '' }
}
