// Runs recordings of HAProxy against the balancers that simulations use.

import { HASH_NAMES, type BalancerParameters } from '../../../sim-core/components/service/balancing/balancer.ts'
import { first } from '../../../sim-core/components/service/balancing/first.ts'
import { haproxyHash, source } from '../../../sim-core/components/service/balancing/haproxy-hash.ts'
import { haproxyLeastconn } from '../../../sim-core/components/service/balancing/haproxy-leastconn.ts'
import { haproxyRoundrobin } from '../../../sim-core/components/service/balancing/haproxy-roundrobin.ts'
import { haproxyStaticRr } from '../../../sim-core/components/service/balancing/haproxy-static-rr.ts'
import type { OracleAdapters, OracleCase } from '../oracle-case.ts'
import { choices, openAndClose, sequence } from './balancer-cases.ts'
import { numberOf, textOf } from './case-fields.ts'

/** `hash-type` as HAProxy writes it: the mapping, then perhaps a function and a modifier. */
function hashType(testCase: OracleCase): BalancerParameters {
  const words = textOf(testCase, 'hashType').split(' ')
  const hash = HASH_NAMES.find((name) => words.includes(name))
  return {
    mapping: words.includes('consistent') ? 'consistent' : 'map_based',
    ...(words.includes('avalanche') ? { avalanche: true } : {}),
    ...(hash === undefined ? {} : { hash }),
  }
}

/** `balance uri` hashes the path without the query. */
function pathOf(uri: string): string {
  return uri.split('?')[0] ?? uri
}

/** Adapters by the `algorithm` of a case. */
export const haproxyAdapters: OracleAdapters = {
  roundrobin: sequence(haproxyRoundrobin),
  'static-rr': sequence(haproxyStaticRr),
  leastconn: openAndClose(haproxyLeastconn),
  first: openAndClose(first, (testCase) => ({ maxConnections: numberOf(testCase, 'serverMaxconn') })),
  source: choices(source, hashType),
  url_param: choices(haproxyHash, hashType),
  uri_path: choices(haproxyHash, hashType, pathOf),
}
