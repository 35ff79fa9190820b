/** The scenarios of a data folder: lists, texts, history, and what happens when one of them changes. */
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import { MAX_TEXT_CHARACTERS } from '../../sim-core/scenario/limits-of-text.ts'
import type { HostApi, HostEvent } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { NewScenario, ScenarioCard, ScenarioDocument, ScenarioTemplate } from '../contract/scenario-library.ts'
import type { LoadedScenario } from '../runs/run-service.ts'
import { notFound } from '../store/storage-error.ts'
import type { FreshScenario, ListedScenario, Store, StoredScenario } from '../store/store.ts'
import { cleanFileName, freeName, renamed } from './scenario-names.ts'
import { basesOf, factsOf, parseText } from './scenario-reading.ts'
import type { TextOf } from './scenario-reading.ts'
import type { ShippedScenario } from './shipped-scenarios.ts'

/** The methods of HostApi about scenarios. */
export type ScenarioMethods = Pick<
  HostApi,
  | 'listScenarios'
  | 'listTemplates'
  | 'readScenario'
  | 'createScenario'
  | 'saveScenario'
  | 'scenarioHistory'
  | 'scenarioBases'
>

/** What the rest of the workspace asks of the library. */
export interface ScenarioLibrary {
  readonly methods: ScenarioMethods
  /** Parses with `path=value` overrides. Throws a HostError `not-found`. */
  load(id: string, overrides: readonly string[]): LoadedScenario
}

/** What a data folder begins with, those first that are to be older. */
export function firstScenarios(shipped: readonly ShippedScenario[]): readonly FreshScenario[] {
  const textOf = textAmong(shipped)
  return shipped.map(({ fileName, text }) => ({ fileName, text, facts: factsOf(text, fileName, textOf) })).toReversed()
}

/** Over an open store. */
export function createScenarioLibrary(
  store: Store,
  shipped: readonly ShippedScenario[],
  emit: (event: HostEvent) => void,
): ScenarioLibrary {
  const shippedText = textAmong(shipped)
  const textOf: TextOf = (fileName) => store.scenarios.byFileName(fileName)?.text ?? shippedText(fileName)
  let templates: readonly ScenarioTemplate[] | undefined

  const read = (id: string): StoredScenario => {
    const scenario = store.scenarios.read(id)
    if (scenario === undefined) throw notFound('scenario', id)
    return scenario
  }

  /** Lists are read far more often than bases change, and typing must not wait for scenarios that nobody looks at. */
  function refresh(): void {
    if (store.readOnlyReason !== null) return
    const outdated = store.scenarios.list().filter(({ facts }) => facts.engine !== ENGINE_VERSION)
    try {
      for (const { id, fileName } of outdated) store.scenarios.learn(id, factsOf(read(id).text, fileName, textOf))
    } catch {
      // A disk that is full keeps nobody from reading: the list shows what was known before.
    }
  }

  function create(request: NewScenario): ScenarioDocument {
    const { fileName, text } = newText(request, { store, read, shippedText })
    checkLength(text)
    const created = store.scenarios.create({ fileName, text, facts: factsOf(text, fileName, textOf) })
    emit({ event: 'scenarios-changed' })
    return documentOf(created)
  }

  const methods: ScenarioMethods = {
    listScenarios: async () => {
      refresh()
      return store.scenarios.list().map((scenario) => cardOf(scenario, store))
    },
    listTemplates: async () => (templates ??= shipped.map((file) => templateOf(file, shippedText))),
    readScenario: async (id) => documentOf(read(id)),
    createScenario: async (request) => create(request),
    saveScenario: async (save) => {
      checkLength(save.text)
      const before = read(save.id)
      const isSameText = before.text === save.text && before.facts.engine === ENGINE_VERSION
      const facts = isSameText ? before.facts : factsOf(save.text, before.fileName, textOf)
      const saved = store.scenarios.save({ ...save, facts })
      if (saved.revision === before.revision) return saved
      emit({ event: 'scenario-changed', id: save.id, revision: saved.revision })
      return saved
    },
    scenarioHistory: async (id) => store.scenarios.history(read(id).id),
    scenarioBases: async (text) => basesOf(text, textOf),
  }

  return {
    methods,
    load(id, overrides) {
      const { text, fileName, name, revision } = read(id)
      return { fileName, name, revision, parsed: parseText(text, fileName, textOf, overrides) }
    },
  }
}

function textAmong(shipped: readonly ShippedScenario[]): TextOf {
  const texts = new Map(shipped.map(({ fileName, text }) => [fileName, text]))
  return (fileName) => texts.get(fileName)
}

interface Sources {
  readonly store: Store
  readonly read: (id: string) => StoredScenario
  readonly shippedText: TextOf
}

/** A copy, and a template that is there already, get a name that tells them apart. */
function newText(request: NewScenario, { store, read, shippedText }: Sources): ShippedScenario {
  if (request.from === 'text') return { fileName: cleanFileName(request.fileName), text: request.text }
  const source =
    request.from === 'copy' ? read(request.id) : { fileName: request.fileName, text: shippedText(request.fileName) }
  const { fileName, text } = source
  if (text === undefined) {
    throw new HostError({
      code: 'not-found',
      message: `no scenario ${fileName} ships with Headroom`,
      hint: 'choose one of the list of templates',
      retryable: false,
    })
  }
  const { name } = factsOf(text, fileName, (base) => store.scenarios.byFileName(base)?.text ?? shippedText(base))
  const free = freeName(name, new Set(store.scenarios.list().map((scenario) => scenario.name)))
  return { fileName, text: free === name ? text : renamed(text, free) }
}

function checkLength(text: string): void {
  if (text.length <= MAX_TEXT_CHARACTERS) return
  throw new HostError({
    code: 'invalid-call',
    message: `the scenario is longer than ${MAX_TEXT_CHARACTERS / 1024 / 1024} million characters`,
    hint: 'a scenario is a few kilobytes; is this the right text?',
    retryable: false,
  })
}

function documentOf({ facts: _facts, ...document }: StoredScenario): ScenarioDocument {
  return document
}

function cardOf(scenario: ListedScenario, store: Store): ScenarioCard {
  const { facts, ...rest } = scenario
  const last = store.runs.lastOf(scenario.id)
  return {
    ...rest,
    question: facts.question,
    tags: [...new Set([...facts.tags, ...scenario.tags])],
    problems: facts.problems,
    lastRun: last?.run ?? null,
    stale: last !== undefined && last.run.planHash !== facts.planHash,
    spark: last?.spark ?? { loadRps: [], p95Ms: [] },
  }
}

function templateOf({ fileName, text }: ShippedScenario, textOf: TextOf): ScenarioTemplate {
  const { name, question, tags } = factsOf(text, fileName, textOf)
  return { fileName, name, question, tags }
}
