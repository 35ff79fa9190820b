// A simulating thread that one seed kills.
import { listener } from './doomed-listener.ts'
// After the line above: who listens first hears of a job first.
import * as simulation from '../../../host/workers/sim.worker.ts'

void [listener, simulation]
