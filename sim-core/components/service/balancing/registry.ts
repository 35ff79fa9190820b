// The load balancing algorithms on offer; a new one is its file, its test and one line here.

import type { BalancerDefinition } from './balancer.ts'
import { caddyRoundRobin } from './caddy-round-robin.ts'
import { consistentHash } from './consistent-hash.ts'
import { first } from './first.ts'
import { haproxyHash, source } from './haproxy-hash.ts'
import { haproxyLeastconn } from './haproxy-leastconn.ts'
import { haproxyRoundrobin } from './haproxy-roundrobin.ts'
import { haproxyStaticRr } from './haproxy-static-rr.ts'
import { hash } from './hash.ts'
import { ipHash } from './ip-hash.ts'
import { leastConnections } from './least-connections.ts'
import { maglev } from './maglev.ts'
import { peakEwma } from './peak-ewma.ts'
import { powerOfTwo } from './power-of-two.ts'
import { random } from './random.ts'
import { rendezvous } from './rendezvous.ts'
import { ringHash } from './ring-hash.ts'
import { roundRobin } from './round-robin.ts'
import { weightedRandom } from './weighted-random.ts'
import { weightedRendezvous } from './weighted-rendezvous.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

/** Every balancing algorithm, in the order in which it is listed to the user. */
export const balancers: readonly BalancerDefinition[] = [
  roundRobin,
  leastConnections,
  weightedRoundRobin,
  powerOfTwo,
  random,
  weightedRandom,
  peakEwma,
  ipHash,
  hash,
  consistentHash,
  rendezvous,
  weightedRendezvous,
  ringHash,
  maglev,
  haproxyRoundrobin,
  haproxyStaticRr,
  haproxyLeastconn,
  first,
  source,
  haproxyHash,
  caddyRoundRobin,
]
