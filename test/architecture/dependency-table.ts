// The table "who may import whom". The architecture test holds it for every file; the linter repeats it while typing.

/** One room of the house: a folder, or a single file at a door. */
export interface Room {
  /** Folder or file, as a path from the root. */
  readonly path: string
  /** Rooms it may import besides itself, as paths. A folder stands for everything in it. */
  readonly mayImport: readonly string[]
  /** Rooms of which it may import types only. */
  readonly mayImportTypes?: readonly string[]
  /** npm packages it may import, or 'any'. */
  readonly libraries: readonly string[] | 'any'
  /** npm packages of which it may import types only. */
  readonly libraryTypes?: readonly string[]
  /** Whether it may import Node's modules. */
  readonly node: boolean
  /** Set when each of its folders is a room of its own: they do not see each other. */
  readonly separateFolders?: true
  /** Folders and files within such a room that all of its folders may import. */
  readonly commonParts?: readonly string[]
}

const pure = { libraries: [], node: false } as const
const host = { libraries: 'any', node: true } as const
const page = { libraries: 'any', node: false } as const

const kernel = 'sim-core/kernel'
const hashing = 'sim-core/hashing'
const language = 'sim-core/language'
const distributions = 'sim-core/distributions'
const metrics = 'sim-core/metrics'
const model = 'sim-core/model'
const traffic = 'sim-core/traffic'
const components = 'sim-core/components'
const catalog = 'sim-core/catalog.ts'
const scenario = 'sim-core/scenario'
const run = 'sim-core/run.ts'
const contract = 'host/contract'
const workers = 'host/workers'
const store = 'host/store'
const transport = 'host/transport'
const createHost = 'host/create-host.ts'
const analysis = 'sim-core/analysis'

/** What the interface shows and checks by itself, without asking the host. */
const shownByRenderer = [contract, language, distributions, metrics, model, traffic, catalog, scenario, analysis]

/** Every room. A file belongs to the first room whose path contains it; a file in no room is a violation. */
export const rooms: readonly Room[] = [
  { path: kernel, mayImport: [], ...pure },
  { path: hashing, mayImport: [kernel], ...pure },
  { path: distributions, mayImport: [kernel], ...pure },
  { path: language, mayImport: [kernel, distributions], ...pure, libraries: ['zod'] },
  { path: metrics, mayImport: [kernel, language], ...pure },
  { path: model, mayImport: [kernel, distributions, language, metrics], ...pure },
  { path: traffic, mayImport: [kernel, distributions, language, model], ...pure },
  {
    path: components,
    mayImport: [kernel, distributions, language, hashing, metrics, model],
    ...pure,
    libraryTypes: ['zod'],
    separateFolders: true,
    // What keeps keys: caches and content delivery networks do it by the same code.
    commonParts: [
      'sim-core/components/cache/eviction',
      'sim-core/components/cache/key-space.ts',
      'sim-core/components/cache/lock-table.ts',
    ],
  },
  {
    path: catalog,
    mayImport: [kernel, distributions, language, hashing, metrics, model, traffic, components],
    ...pure,
  },
  {
    path: scenario,
    mayImport: [kernel, distributions, language, hashing, metrics, model, traffic, components, catalog],
    ...pure,
    libraries: ['zod', 'yaml'],
  },
  {
    path: run,
    mayImport: [kernel, distributions, language, hashing, metrics, model, traffic, components, catalog, scenario],
    ...pure,
  },
  { path: analysis, mayImport: [kernel, language, metrics, model], ...pure },
  { path: contract, mayImport: [], mayImportTypes: ['sim-core'], ...pure, libraries: ['comlink'] },
  { path: workers, mayImport: ['sim-core', contract], ...host },
  { path: store, mayImport: [contract], mayImportTypes: ['sim-core'], ...host },
  { path: 'host/runs', mayImport: ['sim-core', contract, workers, store], ...host },
  { path: 'host/workspace', mayImport: ['sim-core', 'host/runs', contract, workers, store], ...host },
  { path: createHost, mayImport: ['sim-core', 'host/runs', 'host/workspace', contract, workers, store], ...host },
  { path: transport, mayImport: [contract], ...host },
  { path: 'host/web', mayImport: [contract, transport], ...host },
  { path: 'host/desktop', mayImport: [createHost, contract, transport], ...host },
  { path: 'host/cli', mayImport: [createHost, contract, 'host/web', analysis], ...host },
  { path: 'electron', mayImport: [contract], ...host },
  { path: 'renderer/views', mayImport: [...shownByRenderer, 'renderer'], ...page, separateFolders: true },
  { path: 'renderer', mayImport: [...shownByRenderer, 'renderer/views'], ...page },
  { path: 'scripts', mayImport: ['sim-core', 'host'], ...host },
  { path: 'test', mayImport: ['sim-core', 'host', 'scripts', 'renderer', 'electron'], ...host },
  { path: 'vite.config.ts', mayImport: [], ...host },
  { path: 'rolldown.config.ts', mayImport: [], ...host },
  { path: 'playwright.config.ts', mayImport: ['scripts'], ...host },
  { path: 'vitest.config.ts', mayImport: ['test/support'], ...host },
]
