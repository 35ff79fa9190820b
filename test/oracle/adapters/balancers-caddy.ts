// Runs recordings of Caddy against the balancers that simulations use.

import { caddyRoundRobin } from '../../../sim-core/components/service/balancing/caddy-round-robin.ts'
import { rendezvous } from '../../../sim-core/components/service/balancing/rendezvous.ts'
import type { OracleAdapters } from '../oracle-case.ts'
import { choices, sequence } from './balancer-cases.ts'

/** Adapters by the `algorithm` of a case. */
export const caddyAdapters: OracleAdapters = {
  rendezvous_hrw: choices(rendezvous),
  round_robin: sequence(caddyRoundRobin),
}
