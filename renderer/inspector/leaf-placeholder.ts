/** What stands in an empty field. */
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { LeafControl } from './form-types.ts'

/** The default, or an example where a value is required. */
export function placeholderOf({ byDefault, isOptional, examples }: LeafControl): string {
  if (byDefault !== undefined) return byDefault
  const [example] = examples
  return isOptional ? 'not set' : example === undefined ? '' : `such as ${scalarText(example)}`
}
