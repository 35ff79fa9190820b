/** The sections that components and traffic bring to the scenario language. */
import { cacheSection } from '../components/cache/cache.schema.ts'
import { cdnSection } from '../components/cdn/cdn.schema.ts'
import { databaseSection } from '../components/database/database.schema.ts'
import { faultSection } from '../components/fault/fault.schema.ts'
import { policySection } from '../components/policy/policy.schema.ts'
import { serviceSection } from '../components/service/service.schema.ts'
import { trafficSection } from '../traffic/traffic.schema.ts'

/** Every section, in the order in which the reference documentation shows them. */
export const sections = [
  trafficSection,
  serviceSection,
  cacheSection,
  cdnSection,
  databaseSection,
  policySection,
  faultSection,
] as const
