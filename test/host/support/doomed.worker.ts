// A simulating thread that one seed kills.
import './doomed-seed.ts'
import '../../../host/workers/sim.worker.ts'
