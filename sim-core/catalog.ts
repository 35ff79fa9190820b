// The only list of component kinds: whatever shows, checks, compiles or runs components derives it from here.
import { cacheComponent } from './components/cache/cache.component.ts'
import { cdnComponent } from './components/cdn/cdn.component.ts'
import { databaseComponent } from './components/database/database.component.ts'
import { faultComponent } from './components/fault/fault.component.ts'
import { policyComponent } from './components/policy/policy.component.ts'
import { serviceComponent } from './components/service/service.component.ts'
import type { ComponentDefinition } from './model/component-definition.ts'
import { trafficComponent } from './traffic/traffic.component.ts'

/** Every kind, in the order in which documentation shows them and plans list them. */
export const catalog: readonly ComponentDefinition[] = [
  trafficComponent,
  serviceComponent,
  cacheComponent,
  cdnComponent,
  databaseComponent,
  policyComponent,
  faultComponent,
]
