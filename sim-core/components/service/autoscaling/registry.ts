// The only list of autoscalers.

import { invariant } from '../../../kernel/invariant.ts'
import type { Autoscaler, AutoscalerDefinition } from './autoscaler.ts'
import { hpa } from './hpa.ts'
import type { HpaConfig } from './hpa.ts'
import { threshold } from './threshold.ts'
import type { ThresholdConfig } from './threshold.ts'

/** The configuration of any autoscaler; `kind` is its id. */
export type AutoscalerConfig = HpaConfig | ThresholdConfig

/** Every autoscaler, in the order users see them. Each takes the configuration whose `kind` is its id. */
export const autoscalers: readonly AutoscalerDefinition<never>[] = [hpa, threshold]

/** Makes the autoscaler that a configuration names. */
export function createAutoscaler(config: AutoscalerConfig): Autoscaler {
  const definition = autoscalers.find(({ id }) => id === config.kind)
  invariant(definition !== undefined, 'an autoscaler configuration names a listed kind')
  // The kind picked the definition whose configuration this is, which the type of a list cannot say.
  return definition.create(config as never)
}
