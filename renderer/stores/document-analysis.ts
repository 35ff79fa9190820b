/** What a text means: the document with and without the files it extends, and every problem it has. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import { readBases, withoutExtends } from '../../sim-core/scenario/extends.ts'
import type { LoadBase } from '../../sim-core/scenario/extends.ts'
import { mergeValues } from '../../sim-core/scenario/layers.ts'
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'

/** A text, understood. */
export interface Analysis {
  readonly parsed: ParseResult
  readonly problems: readonly Problem[]
  /** The whole document as written: bases merged in. Kept from the last readable text while the text has an error of syntax. */
  readonly value: JsonValue
  /** What this text itself says. */
  readonly own: JsonValue
  /** What the files say that this one extends; null when it extends none. */
  readonly base: JsonValue
  /** Whether the text cannot be read as YAML, so that fields cannot be changed in it. */
  readonly isBroken: boolean
}

export const emptyAnalysis: Analysis = {
  parsed: { problems: [] },
  problems: [],
  value: {},
  own: {},
  base: null,
  isBroken: false,
}

/** The text of every file that a text extends, by resolved name; undefined while they are on their way. */
export type Bases = Readonly<Record<string, string>>

/** Understands a text. `before` is what was understood last, for texts that cannot be read. */
export function analysed(text: string, fileName: string, bases: Bases, before: Analysis): Analysis {
  const loadBase: LoadBase = (path) => {
    const found = Object.hasOwn(bases, path) ? bases[path] : undefined
    return found === undefined ? { problem: 'there is no scenario of this name in the library' } : { text: found }
  }
  const parsed = parseScenario(text, fileName, { loadBase })
  const { source } = readYaml(text, fileName)
  if (source === undefined || source.brokenFrom !== Infinity) {
    const isEmpty = text.trim() === ''
    return {
      ...before,
      ...(isEmpty ? { value: {}, own: {} } : {}),
      parsed,
      problems: parsed.problems,
      isBroken: !isEmpty,
    }
  }
  const { sources } = readBases(source, loadBase)
  const values = sources.map((layer) => withoutExtends(layer.value))
  const merge = (layers: readonly JsonValue[]): JsonValue =>
    layers.length === 0 ? null : layers.reduceRight((under, over) => mergeValues(under, over))
  return {
    parsed,
    problems: parsed.problems,
    value: merge(values),
    own: source.value,
    base: merge(values.slice(1)),
    isBroken: false,
  }
}

/** What a text extends, as written; undefined when it extends nothing. A quick look that needs no parser. */
export function extendsIn(text: string): string | undefined {
  return /^["']?extends["']?\s*:\s*(.+)$/mu.exec(text)?.[1]?.trim()
}
