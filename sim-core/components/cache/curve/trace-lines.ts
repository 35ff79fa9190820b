// The text of a trace: one request a line, `key[,size][,time]`, with or without a header.

import { scattered } from './spatial-sample.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const QUOTE = 34
const COMMA = 44
const ZERO = 48
const NINE = 57

/** UTF-8's mark at the beginning of a file. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Longest line in bytes: more is no key but another kind of file. */
const LINE_BYTES_MAX = 65_536

/** Complaints told; who has more has another kind of file. */
const COMPLAINTS_MAX = 20

/** Columns of a file without a header. */
const COLUMNS = ['key', 'size', 'time'] as const

const FNV_OFFSET_BASIS = 0x811c_9dc5
const FNV_PRIME = 0x0100_0193

/** What is wrong with a line, which counts from 1. */
export interface TraceComplaint {
  readonly line: number
  readonly message: string
  readonly hint: string
}

/** Where a file has what; -1 for what it does not have. */
export interface TraceColumns {
  readonly key: number
  readonly size: number
  readonly time: number
  /** Fields of every line. */
  readonly count: number
}

/** Takes requests. */
export interface TraceReader {
  /** It wants no more requests; further lines are not looked at. */
  readonly isFull: boolean
  /** Told once, before the first request. */
  columns(columns: TraceColumns): void
  /** A request for the key in those bytes, which are valid during the call; size in bytes and time in seconds, 0 if unknown. */
  request(bytes: Uint8Array, from: number, to: number, hash: number, sizeBytes: number, timeS: number): void
}

/**
 * Reads a trace in pieces of any length. Keys are any bytes, quoted as in RFC 4180 where they hold commas. A header is a first
 * line with a field `key`; then columns may stand in any order, and others than `key`, `size` and `time` are left out. Empty
 * lines are skipped.
 */
export class TraceLines {
  readonly complaints: TraceComplaint[] = []
  readonly #reader: TraceReader
  /** The beginning of a line whose end has not come yet. */
  #rest = new Uint8Array(0)
  #columns: TraceColumns | undefined
  /** First byte of each field of the present line, and one past its last. */
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  #lines = 0
  /** Not even its lines are those of a trace. */
  #isNoTrace = false

  constructor(reader: TraceReader) {
    this.#reader = reader
  }

  /** Lines read so far. */
  get lines(): number {
    return this.#lines
  }

  /** There is nothing to be had from going on. */
  get isHopeless(): boolean {
    return this.#isNoTrace || this.complaints.length >= COMPLAINTS_MAX
  }

  /** Reads the next piece. */
  push(piece: Uint8Array): void {
    let from = 0
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, from)) {
      if (this.isHopeless || this.#reader.isFull) return
      if (this.#rest.length > 0) {
        const whole = joined(this.#rest, piece.subarray(from, end))
        this.#rest = new Uint8Array(0)
        this.#line(whole, 0, whole.length)
      } else this.#line(piece, from, end)
      from = end + 1
    }
    this.#rest = joined(this.#rest, piece.subarray(from))
    if (this.#rest.length <= LINE_BYTES_MAX || this.isHopeless) return
    this.#lines += 1
    this.#complain(`the line is longer than ${LINE_BYTES_MAX} bytes`, 'give a text file with one request a line')
    this.#rest = new Uint8Array(0)
    this.#isNoTrace = true
  }

  /** The text has ended. */
  end(): void {
    if (this.#rest.length > 0 && !this.isHopeless && !this.#reader.isFull) this.#line(this.#rest, 0, this.#rest.length)
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    this.#lines += 1
    const to = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end
    const hasMark = this.#lines === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[start + at] === byte)
    const from = hasMark ? start + BYTE_ORDER_MARK.length : start
    if (from === to) return
    if (!this.#split(bytes, from, to)) {
      this.#complain('a quote is not closed', 'write "" for a quote within quotes')
      return
    }
    if (this.#columns === undefined) {
      this.#columns = this.#columnsOf(bytes)
      if (this.#columns === undefined) return
      this.#reader.columns(this.#columns)
      if (this.#isHeader(bytes)) return
    }
    this.#request(bytes, this.#columns)
  }

  /** Finds the fields; false when a quote is not closed. */
  #split(bytes: Uint8Array, from: number, to: number): boolean {
    const starts = this.#starts
    const ends = this.#ends
    starts.length = 0
    ends.length = 0
    starts.push(from)
    let isQuoted = false
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === COMMA && !isQuoted) {
        ends.push(at)
        starts.push(at + 1)
      }
    }
    ends.push(to)
    return !isQuoted
  }

  #isHeader(bytes: Uint8Array): boolean {
    return this.#names(bytes).includes('key')
  }

  #names(bytes: Uint8Array): readonly string[] {
    return this.#starts.map((start, field) => this.#text(bytes, start, this.#ends[field]!).trim().toLowerCase())
  }

  #columnsOf(bytes: Uint8Array): TraceColumns | undefined {
    const names = this.#names(bytes)
    const count = names.length
    if (names.includes('key')) {
      return { key: names.indexOf('key'), size: names.indexOf('size'), time: names.indexOf('time'), count }
    }
    if (count > COLUMNS.length) {
      const hint = 'begin with a line that names the columns, one of them key; quote keys that hold commas'
      this.#complain(`${count} columns without names`, hint)
      this.#isNoTrace = true
      return undefined
    }
    return { key: 0, size: count > 1 ? 1 : -1, time: count > 2 ? 2 : -1, count }
  }

  #request(bytes: Uint8Array, { key, size, time, count }: TraceColumns): void {
    const found = this.#starts.length
    if (found !== count) {
      this.#complain(`${fieldsText(found)} where the first line has ${count}`, 'quote keys that hold commas: "a,b"')
      return
    }
    const sizeBytes = size < 0 ? 0 : this.#number(bytes, size)
    const timeS = time < 0 ? 0 : this.#number(bytes, time)
    if (!(sizeBytes >= 0) || sizeBytes > Number.MAX_SAFE_INTEGER) {
      this.#complain(`the size ${this.#shown(bytes, size)} is no number of bytes`, numberHint(this.#lines))
      return
    }
    if (!Number.isFinite(timeS)) {
      this.#complain(`the time ${this.#shown(bytes, time)} is no number of seconds`, numberHint(this.#lines))
      return
    }
    this.#key(bytes, this.#starts[key]!, this.#ends[key]!, sizeBytes, timeS)
  }

  #key(bytes: Uint8Array, from: number, to: number, sizeBytes: number, timeS: number): void {
    if (from === to) {
      this.#complain('the key is empty', 'every line needs a key')
      return
    }
    if (bytes[from] === QUOTE && bytes[to - 1] === QUOTE) {
      const plain = unquoted(bytes, from, to)
      this.#reader.request(plain, 0, plain.length, hashOf(plain, 0, plain.length), sizeBytes, timeS)
    } else this.#reader.request(bytes, from, to, hashOf(bytes, from, to), sizeBytes, timeS)
  }

  /** A number of digits alone quickly, any other through its text; NaN when it is none. */
  #number(bytes: Uint8Array, field: number): number {
    const from = this.#starts[field]!
    const to = this.#ends[field]!
    let value = from === to ? NaN : 0
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!
      if (byte < ZERO || byte > NINE) return numberOf(this.#text(bytes, from, to))
      value = 10 * value + byte - ZERO
    }
    return value
  }

  #shown(bytes: Uint8Array, field: number): string {
    const text = this.#text(bytes, this.#starts[field]!, this.#ends[field]!)
    return text === '' ? '(nothing)' : text.slice(0, 40)
  }

  #text(bytes: Uint8Array, from: number, to: number): string {
    let text = ''
    for (let at = from; at < Math.min(to, from + 64); at++) text += String.fromCharCode(bytes[at]!)
    return text.replace(/^"(?<inner>.*)"$/u, '$<inner>')
  }

  #complain(message: string, hint: string): void {
    this.complaints.push({ line: this.#lines, message, hint })
  }
}

function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}

function fieldsText(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`
}

function numberHint(line: number): string {
  return line === 1 ? 'where the first line names the columns, one of them is key' : 'columns are key, size, time'
}

/** The bytes between the quotes, with one quote for two. */
function unquoted(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const plain = new Uint8Array(to - from - 2)
  let length = 0
  for (let at = from + 1; at < to - 1; at++) {
    plain[length] = bytes[at]!
    length += 1
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) at += 1
  }
  return plain.subarray(0, length)
}

/**
 * Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", Internet-Draft
 * draft-eastlake-fnv, section 2, FNV-1a. Differs from the source: mixed once more, for its low bits are weak.
 */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = FNV_OFFSET_BASIS
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME)
  return scattered(hash)
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
