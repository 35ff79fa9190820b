/** Draws pictures of a replication under way, each with what came since the one before. */
import { seriesTable } from '../../sim-core/analysis/series-table.ts'
import type { SeriesTable } from '../../sim-core/analysis/study-result.ts'
import { NS_PER_SECOND } from '../../sim-core/kernel/time.ts'
import type { RunSnapshot } from '../../sim-core/metrics/replication-result.ts'
import type { Run } from '../../sim-core/run.ts'
import type { LiveSnapshot } from '../contract/live-run.ts'
import type { ReplicationPicture } from './worker-messages.ts'

/** The rows that the table of results will have, from one bucket on. */
interface LiveRows {
  readonly fromBucket: number
  readonly rows: SeriesTable['columns']
}

/** Remembers what it showed already. */
export class LivePictures {
  readonly #run: Run
  readonly #bucketNs: number
  #pictures = 0
  #buckets = 0
  #events = 0

  constructor(run: Run, bucketNs: number) {
    this.#run = run
    this.#bucketNs = bucketNs
  }

  /** The next picture. When `pictures` is another number than the time before, it begins with the first row. */
  next(pictures: number): ReplicationPicture {
    if (pictures !== this.#pictures) {
      this.#pictures = pictures
      this.#buckets = 0
      this.#events = 0
    }
    const snapshot = liveSnapshot(this.#run.snapshot())
    const { fromBucket, rows } = this.#rows()
    const { timeline } = this.#run.read(this.#run.bucketsClosed, this.#events)
    this.#buckets = this.#run.bucketsClosed
    this.#events += timeline.length
    const happenings = timeline.map(({ atNs, ...event }) => ({ at_s: atNs / NS_PER_SECOND, ...event }))
    return { pictures, snapshot, fromBucket, rows, happenings }
  }

  #rows(): LiveRows {
    const fromBucket = this.#buckets
    if (fromBucket === this.#run.bucketsClosed) return { fromBucket, rows: {} }
    // A bucket begins where the one before it ends, so that one is read too, and its row left out.
    const lead = Math.min(1, fromBucket)
    const slice = this.#run.read(fromBucket - lead, Infinity)
    const { columns } = seriesTable([slice], this.#bucketNs, 0)
    return {
      fromBucket,
      rows: Object.fromEntries(Object.entries(columns).map(([id, values]) => [id, values.slice(lead)])),
    }
  }
}

function liveSnapshot({ nowNs, endpoints, stations, metrics }: RunSnapshot): LiveSnapshot {
  return {
    nowS: nowNs / NS_PER_SECOND,
    inFlight: endpoints.at(-1)?.inFlight ?? 0,
    stations: {
      names: stations.map(({ component, name }) => `${component}/${name}`),
      busy: stations.map(({ busy }) => busy),
      queued: stations.map(({ queued }) => queued),
      servers: stations.map(({ servers }) => servers),
    },
    metrics: {
      names: metrics.map(({ component, metric }) => `${component}/${metric}`),
      values: metrics.map(({ value }) => value),
    },
  }
}
