// Databases as a kind of component.
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition } from '../../model/component-definition.ts'
import type { DatabaseConfig } from './database.compile.ts'
import { compileDatabase, emitQuery } from './database.compile.ts'
import { DatabaseModel } from './database.model.ts'
import type { DatabaseSpec, QueryStepSpec } from './database.schema.ts'
import { databaseSection } from './database.schema.ts'

/** Databases: primaries, replicas and shards that answer queries. */
export const databaseComponent: ComponentDefinition = {
  kind: 'database',
  presentation: {
    label: 'Database',
    icon: 'database',
    onCanvas: true,
    tab: { id: 'database', label: 'Database' },
    example: () => ({
      primary: { cores: 8, pool: { max: 100, acquire_timeout: '3s' } },
      classes: { by_id: { kind: 'read', demand: 'lognormal(mean 2ms, p99 9ms)' } },
    }),
  },
  section: databaseSection,
  steps: { query: (spec, owner, context) => emitQuery(spec as QueryStepSpec, owner, context) },
  metrics: [
    {
      id: 'queries',
      label: 'Queries',
      unit: 'queries',
      kind: 'counter',
      help: 'Queries sent to servers; of one role or shard as `primary.queries`, `replica.queries`, `shard[3].queries`. A scattered query counts once per shard.',
    },
    {
      id: 'skew',
      label: 'Shard skew',
      unit: '',
      kind: 'gauge',
      help: 'Queries of the busiest shard over the mean of all shards, since the start; 1 is even.',
    },
  ],
  compile: (_id, spec) => compileDatabase(spec as DatabaseSpec) as unknown as PlanValue,
  create: (config, context) => new DatabaseModel(config as unknown as DatabaseConfig, context),
}
