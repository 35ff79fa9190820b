/** Parses the texts of scenarios, with what they extend, and finds out what lists show of them. */
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import { readBases } from '../../sim-core/scenario/extends.ts'
import type { LoadBase } from '../../sim-core/scenario/extends.ts'
import { isJsonMap } from '../../sim-core/scenario/layers.ts'
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'
import { prepare } from '../runs/scenario-study.ts'
import { withinLimits } from '../runs/scenario-limits.ts'
import type { ScenarioFacts } from '../store/store.ts'

/** The text of the scenario of a file name; undefined when there is none. */
export type TextOf = (fileName: string) => string | undefined

/** Parses; `extends` finds scenarios by their file name, whatever folder is written before it. */
export function parseText(
  text: string,
  fileName: string,
  textOf: TextOf,
  overrides: readonly string[] = [],
): ParseResult {
  const parsed = parseScenario(text, fileName, { overrides, loadBase: baseLoader(textOf) })
  return withinLimits(parsed, text, fileName, overrides)
}

/** What a text says of itself. One with errors is named by what it writes, or else by its file. */
export function factsOf(text: string, fileName: string, textOf: TextOf): ScenarioFacts {
  const bases = new Set<string>()
  const noting: TextOf = (name) => {
    bases.add(name)
    return textOf(name)
  }
  const parsed = parseText(text, fileName, noting)
  const { problems, prepared } = prepare(parsed, [])
  const written = parsed.document ?? readYaml(text, fileName).source?.value ?? null
  const { name, question, tags } = isJsonMap(written) ? written : {}
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name : fileName,
    question: typeof question === 'string' ? question : '',
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    problems: problems.filter(({ severity }) => severity === 'error').length,
    planHash: prepared?.planHash ?? null,
    bases: [...bases],
    engine: ENGINE_VERSION,
  }
}

/** The texts of all that a text extends, by the path under which each is asked for. */
export function basesOf(text: string, textOf: TextOf): Readonly<Record<string, string>> {
  const { source } = readYaml(text, '')
  const found: Record<string, string> = {}
  if (source === undefined) return found
  const load = baseLoader(textOf)
  readBases(source, (path) => {
    const base = load(path)
    if ('text' in base) found[path] = base.text
    return base
  })
  return found
}

function baseLoader(textOf: TextOf): LoadBase {
  return (path) => {
    const name = path.split('/').at(-1) ?? path
    const text = textOf(name)
    return text === undefined ? { problem: `there is no scenario with the file name ${name}` } : { text }
  }
}
