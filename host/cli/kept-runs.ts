/** Works on an open data folder, and finds the runs in it that a command line names. */
import type { HostApi } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { Host, Workspace } from '../contract/host.ts'
import type { RunSummary } from '../contract/run-records.ts'
import type { DataOption } from './data-option.ts'
import { dataFolderOf } from './data-option.ts'

/** Shortest beginning of an id that names a run. */
const PREFIX_MIN = 4

/** Opens the data folder, does something with it, and closes it whatever comes of that. */
export async function withWorkspace<T>(
  host: Host,
  options: DataOption,
  action: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const workspace = await host.openWorkspace({ dataFolder: dataFolderOf(options), wallMs: Date.now })
  try {
    return await action(workspace)
  } finally {
    await workspace.close()
  }
}

/** The runs of some names, in their order. Rejects with a HostError `not-found`. */
export async function namedRuns(api: HostApi, names: readonly string[]): Promise<readonly RunSummary[]> {
  const runs = await api.listRuns({})
  return names.map((name) => namedRun(runs, name))
}

/**
 * The runs that a name may stand for: a number, such as `41` or `#41`, an id, or the beginning of ids. More than one only
 * where several ids begin like that.
 */
export function runsCalled(runs: readonly RunSummary[], name: string): readonly RunSummary[] {
  const number = /^#?(?<digits>\d+)$/u.exec(name)?.groups?.['digits']
  const found =
    runs.find(({ id }) => id === name) ??
    (number === undefined ? undefined : runs.find((run) => run.number === Number(number)))
  if (found !== undefined) return [found]
  return name.length < PREFIX_MIN ? [] : runs.filter(({ id }) => id.startsWith(name))
}

function namedRun(runs: readonly RunSummary[], name: string): RunSummary {
  const called = runsCalled(runs, name)
  const [only, ...others] = called
  if (only !== undefined && others.length === 0) return only
  const message = only === undefined ? `there is no run ${name}` : `${called.length} runs have an id like ${name}`
  const hint = runs.length === 0 ? 'no run is kept here yet: headroom run FILE --save' : 'headroom runs list tells them'
  throw new HostError({ code: 'not-found', message, hint, retryable: false })
}
