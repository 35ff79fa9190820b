/** What each method may be called with; nothing else reaches the host. */
import * as z from 'zod'
import type { HostApi } from '../contract/host-api.ts'

/** Most characters of an id: the host's own have 36 at most. */
const ID_MAX = 64

/** Most characters of a text: a scenario has a few thousand. */
const TEXT_MAX = 10_000_000

/** Most entries of a list. */
const LIST_MAX = 1_000

/** Most characters of a name, tag or place: more does not fit a screen. */
const NAME_MAX = 300

/** Most nodes on a canvas, and most pixels from its middle. */
const NODES_MAX = 20_000
const PIXELS_MAX = 1e7

/** Most bytes of base64 of a file; a message of the WebSocket may have 16 MB. */
const FILE_MAX = 15_000_000

/** Most points of a series at once: a screen has a tenth of it across, a whole series of the longest run fits. */
const POINTS_MAX = 1_000_000

const id = z.string().min(1).max(ID_MAX)
const ids = z.array(id).max(LIST_MAX)
const text = z.string().max(TEXT_MAX)
const name = z.string().min(1).max(NAME_MAX)
const kind = z.enum(['scenario', 'run'])
const count = z.int().min(0)
const selection = z.strictObject({ kind, ids })
const pixels = z.number().min(-PIXELS_MAX).max(PIXELS_MAX)
const layout = z
  .record(z.string().max(NAME_MAX), z.strictObject({ x: pixels, y: pixels }))
  .refine((nodes) => Object.keys(nodes).length <= NODES_MAX)

const newScenario = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('text'), fileName: name, text }),
  z.strictObject({ from: z.literal('template'), fileName: name }),
  z.strictObject({ from: z.literal('copy'), id }),
])

const runRequest = z.strictObject({
  scenarioId: id,
  seed: count.exactOptional(),
  replications: z.int().min(1).exactOptional(),
  precision: z.number().gt(0).lt(1).nullable().exactOptional(),
  fresh: z.boolean().exactOptional(),
})

const fault = z.strictObject({
  runId: id,
  target: name,
  action: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('kill'), replicas: z.int().min(1).exactOptional() }),
    z.strictObject({ kind: z.literal('slow'), factor: z.number().positive(), forS: z.number().positive() }),
    z.strictObject({ kind: z.literal('restore') }),
  ]),
})

const seriesQuery = z.strictObject({
  runId: id,
  names: z.array(name).max(LIST_MAX),
  fromS: z.number().exactOptional(),
  toS: z.number().exactOptional(),
  pointsMax: z.int().min(1).max(POINTS_MAX),
})

/** The list of arguments of every method. */
export const argumentSchemas = {
  hello: z.tuple([]),
  listScenarios: z.tuple([]),
  listTemplates: z.tuple([]),
  readScenario: z.tuple([id]),
  createScenario: z.tuple([newScenario]),
  saveScenario: z.tuple([z.strictObject({ id, text, layout, baseRevision: count })]),
  scenarioHistory: z.tuple([id]),
  scenarioBases: z.tuple([text]),
  label: z.tuple([
    z.strictObject({ kind, id, tags: z.array(name).max(LIST_MAX).exactOptional(), notes: text.exactOptional() }),
  ]),
  remove: z.tuple([selection]),
  restore: z.tuple([selection]),
  startRun: z.tuple([runRequest]),
  controlRun: z.tuple([z.strictObject({ id, action: z.enum(['pause', 'resume', 'cancel']) })]),
  injectFault: z.tuple([fault]),
  listRuns: z.tuple([z.strictObject({ scenarioId: id.exactOptional(), limit: count.exactOptional() })]),
  readRun: z.tuple([id]),
  readSeries: z.tuple([seriesQuery]),
  exportBundle: z.tuple([ids]),
  importFile: z.tuple([z.strictObject({ fileName: name, base64: z.string().max(FILE_MAX) })]),
} as const satisfies { readonly [Method in keyof HostApi]: z.ZodType<Parameters<HostApi[Method]>> }
