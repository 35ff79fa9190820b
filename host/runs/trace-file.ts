/** Reads a trace of keys from a file, plain or gzipped. */
import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { KeyTable } from '../../sim-core/components/cache/curve/key-table.ts'
import type { TraceColumns, TraceReader } from '../../sim-core/components/cache/curve/trace-lines.ts'
import { TraceLines } from '../../sim-core/components/cache/curve/trace-lines.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../../sim-core/kernel/time.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { GatheredTraces } from './trace-gatherer.ts'
import { ADVISED_SAMPLE, TraceGatherer } from './trace-gatherer.ts'

/** The first bytes of every gzipped file. */
const GZIP_MAGIC = [0x1f, 0x8b]

/** Bytes read at a time. */
const PIECE_BYTES = 1 << 20

/** Distance of requests whose times are not known: about what matters to policies that look at a clock of seconds. */
const DEFAULT_GAP_NS = NS_PER_MS

/** Said of a pipe: its size is not known, and its first bytes cannot be read twice. */
const PIPE = {
  message: 'this is a pipe, which cannot be read here',
  hint: 'write it to a file and give that; gzipped ones need no unpacking',
}

/** What to read, and when to stop. */
export interface TraceFileOptions {
  readonly sampleRatio: number | undefined
  readonly threads: number
  /** Most requests that are read. */
  readonly requestsMax: number
  /** Most bytes that measuring may take. */
  readonly bytesMax: number
  readonly isCancelled: () => boolean
  /** Told now and then: share of the file that is read, and requests so far. */
  readonly onProgress: (doneRatio: number, requests: number) => void
}

/** What was read, or why nothing can be made of it. */
export type TraceFileReading =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'read'
      readonly gathered: GatheredTraces
      readonly unit: 'entries' | 'bytes'
      readonly hasTimes: boolean
      /** Requests that had another size than the first one for the same key. */
      readonly sizesIgnored: number
    }

/** Reads the file as a stream. What is wrong with it is a problem with its line. */
export async function readTraceFile(path: string, options: TraceFileOptions): Promise<TraceFileReading> {
  const requests = new TraceRequests(options)
  const lines = new TraceLines(requests)
  const tooLarge = (): boolean => requests.bytesNeeded() > options.bytesMax
  let isCutShort = false
  try {
    const { size, isPipe } = sizeOf(path)
    if (isPipe) return { kind: 'invalid', problems: [problem(path, 1, PIPE)] }
    const file = createReadStream(path, { highWaterMark: PIECE_BYTES })
    const text = (await isGzip(path)) ? file.pipe(createGunzip({ chunkSize: PIECE_BYTES })) : file
    file.on('error', (error) => text.destroy(error))
    for await (const piece of text as AsyncIterable<Buffer>) {
      lines.push(piece)
      options.onProgress(size === 0 ? 1 : Math.min(1, file.bytesRead / size), requests.count)
      isCutShort = lines.isHopeless || requests.isFull || options.isCancelled() || tooLarge()
      if (isCutShort) break
    }
    file.destroy()
    // What is left over of a piece is half a line, unless it is the end of the file.
    if (!isCutShort) lines.end()
  } catch (error) {
    return { kind: 'invalid', problems: [problem(path, lines.lines + 1, unreadable(error))] }
  }
  if (lines.complaints.length > 0) {
    return { kind: 'invalid', problems: lines.complaints.map(({ line, ...told }) => problem(path, line, told)) }
  }
  if (tooLarge()) return { kind: 'invalid', problems: [problem(path, lines.lines, requests.tooLarge())] }
  if (requests.count === 0) {
    const told = {
      message: 'there is no request in it',
      hint: 'give a file with one request a line: key[,size][,time]',
    }
    return { kind: 'invalid', problems: [problem(path, 1, told)] }
  }
  return requests.finish()
}

/** The requests of a trace while it is read. */
class TraceRequests implements TraceReader {
  readonly #options: TraceFileOptions
  readonly #table = new KeyTable()
  #gatherer: TraceGatherer
  #columns: TraceColumns | undefined
  /** By key, the size that it had first. */
  #sizes = new Float64Array(1024)
  #sizesIgnored = 0
  #firstS = NaN
  #lastNs = 0

  constructor(options: TraceFileOptions) {
    this.#options = options
    this.#gatherer = new TraceGatherer({ ...options, hasTimes: false })
  }

  get count(): number {
    return this.#gatherer.requests
  }

  get isFull(): boolean {
    return this.count >= this.#options.requestsMax
  }

  bytesNeeded(): number {
    return this.#gatherer.bytesNeeded(this.#table.length)
  }

  tooLarge(): Pick<Problem, 'message' | 'hint'> {
    const { bytesMax, sampleRatio = 1 } = this.#options
    const sample = sampleRatio > ADVISED_SAMPLE ? '--sample 1%' : 'a smaller --sample'
    const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`
    return {
      message: `measuring the requests up to here takes ${megabytes(this.bytesNeeded())}; there is room for ${megabytes(bytesMax)}`,
      hint: `give ${sample}, or --requests ${this.count} to take the beginning alone`,
    }
  }

  columns(columns: TraceColumns): void {
    this.#columns = columns
    this.#gatherer = new TraceGatherer({ ...this.#options, hasTimes: columns.time >= 0 })
  }

  request(bytes: Uint8Array, from: number, to: number, hash: number, sizeBytes: number, timeS: number): void {
    const wanted = this.#gatherer.count(hash)
    if (wanted === 0) return
    const known = this.#table.length
    const key = this.#table.numberOf(bytes, from, to, hash)
    if (this.#columns!.size >= 0) this.#note(key, key === known, Math.max(1, Math.round(sizeBytes)))
    this.#gatherer.add(wanted, key, this.#columns!.time >= 0 ? this.#timeNs(timeS) : 0)
  }

  finish(): TraceFileReading {
    const { size, time } = this.#columns!
    const sizes = this.#sizes
    const gathered = this.#gatherer.finish(
      this.#table.length,
      DEFAULT_GAP_NS,
      size < 0 ? undefined : (key) => sizes[key]!,
    )
    const unit = size < 0 ? 'entries' : 'bytes'
    return { kind: 'read', gathered, unit, hasTimes: time >= 0, sizesIgnored: this.#sizesIgnored }
  }

  #note(key: number, isNew: boolean, sizeBytes: number): void {
    if (!isNew) {
      if (this.#sizes[key] !== sizeBytes) this.#sizesIgnored += 1
      return
    }
    if (key === this.#sizes.length) {
      const longer = new Float64Array(2 * key)
      longer.set(this.#sizes)
      this.#sizes = longer
    }
    this.#sizes[key] = sizeBytes
  }

  /** Time since the first request; it never goes back, whatever the file says. */
  #timeNs(timeS: number): number {
    if (Number.isNaN(this.#firstS)) this.#firstS = timeS
    this.#lastNs = Math.max(this.#lastNs, Math.round((timeS - this.#firstS) * NS_PER_SECOND))
    return this.#lastNs
  }
}

/** Pipes, those without a reader or writer too, are told before they are opened: opening one waits for its other end. */
function sizeOf(path: string): { readonly size: number; readonly isPipe: boolean } {
  const stats = statSync(path)
  return { size: stats.size, isPipe: stats.isFIFO() || stats.isSocket() }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0)
    return GZIP_MAGIC.every((byte, at) => buffer[at] === byte)
  } finally {
    await file.close()
  }
}

function problem(file: string, line: number, told: Pick<Problem, 'message' | 'hint'>): Problem {
  return { code: 'not-a-trace', severity: 'error', path: '', file, line, column: 1, ...told }
}

function unreadable(error: unknown): Pick<Problem, 'message' | 'hint'> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (code === 'ENOENT') return { message: 'there is no such file', hint: 'check the path' }
  if (code === 'EACCES' || code === 'EPERM')
    return { message: 'the file may not be read', hint: 'check its permissions' }
  // A terminal, and whatever else has no beginning to go back to.
  if (code === 'ESPIPE') return PIPE
  if (code === 'EISDIR') return { message: 'this is a folder', hint: 'give a file in it' }
  if (code.startsWith('Z_')) {
    return { message: 'the compressed data ends too early or is damaged', hint: 'unpack it with gzip -t to see more' }
  }
  return { message: `the file cannot be read (${code})`, hint: 'check the path' }
}
