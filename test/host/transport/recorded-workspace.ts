// A workspace that answers every call in a recognisable way and remembers what it was asked.
import type { HostApi, HostEvent } from '../../../host/contract/host-api.ts'
import { hostMethods } from '../../../host/contract/host-api.ts'
import type { ServedWorkspace } from '../../../host/web/web-door.ts'

type Answer = (...argumentList: readonly unknown[]) => unknown

/** What a test sees of it. */
export interface RecordedWorkspace extends ServedWorkspace {
  readonly calls: (readonly [method: string, ...argumentList: unknown[]])[]
  /** Makes a method answer otherwise, or throw. */
  answer(method: keyof HostApi, answer: Answer): void
  emit(event: HostEvent): void
  readonly listeners: number
}

/** Every method answers with its own name and arguments. */
export function recordedWorkspace(): RecordedWorkspace {
  const calls: [string, ...unknown[]][] = []
  const answers = new Map<string, Answer>()
  const listeners = new Set<(event: HostEvent) => void>()
  const api = Object.fromEntries(
    hostMethods.map((method) => [
      method,
      async (...list: readonly unknown[]) => {
        calls.push([method, ...list])
        return (answers.get(method) ?? ((...given) => ({ method, given })))(...list)
      },
    ]),
  ) as unknown as HostApi
  return {
    api,
    calls,
    answer: (method, answer) => void answers.set(method, answer),
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    get listeners() {
      return listeners.size
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {},
  }
}

/** Arguments for each method that are in order. */
export const goodArguments: Readonly<Record<keyof HostApi, readonly unknown[]>> = {
  hello: [],
  listScenarios: [],
  listTemplates: [],
  readScenario: ['s1'],
  createScenario: [{ from: 'text', fileName: 'a.yaml', text: 'version: 1' }],
  saveScenario: [{ id: 's1', text: 'version: 1', layout: { 'services/api': { x: 1.5, y: -2 } }, baseRevision: 3 }],
  scenarioHistory: ['s1'],
  scenarioBases: ['extends: ./b.yaml'],
  label: [{ kind: 'run', id: 'r1', tags: ['a', 'b'] }],
  remove: [{ kind: 'scenario', ids: ['s1', 's2'] }],
  restore: [{ kind: 'run', ids: [] }],
  startRun: [{ scenarioId: 's1', seed: 7, replications: 3, precision: null, fresh: true }],
  controlRun: [{ id: 'r1', action: 'pause' }],
  injectFault: [{ runId: 'r1', target: 'db.shard[3]', action: { kind: 'slow', factor: 3, forS: 60 } }],
  listRuns: [{ limit: 10 }],
  readRun: ['r1'],
  readSeries: [{ runId: 'r1', names: ['clients.p95'], fromS: 0, pointsMax: 500 }],
  exportBundle: [['r1']],
  importFile: [{ fileName: 'a.headroom', base64: 'AAAA' }],
}
