/** Sends events to one listener, and lets a slow one have fewer: what waits is merged, never queued without bound. */
import type { Channel } from '../contract/channel.ts'
import type { HostEvent } from '../contract/host-api.ts'
import type { LiveRun } from '../contract/live-run.ts'

/** Bytes on the way to a listener above which events wait. */
const BUFFERED_BYTES_MAX = 1_000_000

/** How often it is looked whether the listener caught up, in ms: a live picture comes ten times a second. */
const LOOK_AGAIN_MS = 50

/** One for each channel. */
export class EventSender {
  readonly #channel: Channel
  /** At most one event of a kind about a thing, in the order in which they came. */
  readonly #waiting = new Map<string, HostEvent>()
  #timer: NodeJS.Timeout | undefined

  constructor(channel: Channel) {
    this.#channel = channel
  }

  send(event: HostEvent): void {
    if (this.#waiting.size === 0 && !this.#isBehind()) {
      this.#channel.post(event)
      return
    }
    const key = subjectOf(event)
    const before = this.#waiting.get(key)
    // What is newer goes to the end: it may follow from what waits before it.
    this.#waiting.delete(key)
    this.#waiting.set(key, before === undefined ? event : mergedEvent(before, event))
    this.#timer ??= setInterval(() => this.#catchUp(), LOOK_AGAIN_MS).unref()
  }

  /** Forgets what waits. */
  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#waiting.clear()
  }

  #isBehind(): boolean {
    return (this.#channel.bufferedBytes?.() ?? 0) > BUFFERED_BYTES_MAX
  }

  #catchUp(): void {
    for (const [key, event] of this.#waiting) {
      if (this.#isBehind()) return
      this.#waiting.delete(key)
      this.#channel.post(event)
    }
    this.stop()
  }
}

/** Two events with the same subject can be told as one. */
function subjectOf(event: HostEvent): string {
  switch (event.event) {
    case 'scenario-changed':
      return `${event.event} ${event.id}`
    case 'run-changed':
      return `${event.event} ${event.run.id}`
    case 'run-live':
      return `${event.event} ${event.live.runId}`
    case 'notice':
      return `${event.event} ${event.notice.message}`
    case 'scenarios-changed':
    case 'runs-changed':
      return event.event
  }
}

function mergedEvent(before: HostEvent, event: HostEvent): HostEvent {
  if (before.event !== 'run-live' || event.event !== 'run-live') return event
  return { event: 'run-live', live: mergedPictures(before.live, event.live) }
}

/** One picture with the rows of both; the rows of a replication that is not shown any more are gone. */
function mergedPictures(before: LiveRun, live: LiveRun): LiveRun {
  if (before.replication !== live.replication || live.fromBucket === 0) return live
  const rows = Object.entries(live.rows).map(([name, values]) => [name, [...(before.rows[name] ?? []), ...values]])
  return {
    ...live,
    fromBucket: before.fromBucket,
    rows: Object.fromEntries(rows) as LiveRun['rows'],
    happenings: [...before.happenings, ...live.happenings],
  }
}
