// What must hold over every transport alike: calls, errors, events, and what a hostile page may not do.
import { afterEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../../host/contract/channel.ts'
import type { HostConnection } from '../../../host/contract/connect-channel.ts'
import { connectChannel } from '../../../host/contract/connect-channel.ts'
import type { HostApi, HostEvent } from '../../../host/contract/host-api.ts'
import { hostMethods } from '../../../host/contract/host-api.ts'
import { HostError } from '../../../host/contract/host-error.ts'
import type { ServedWorkspace } from '../../../host/web/web-door.ts'
import type { FailureLog } from '../../../host/transport/serve-channel.ts'
import { goodArguments, recordedWorkspace } from './recorded-workspace.ts'

/** Serves a workspace at one end and gives the other. */
export type OpenTransport = (
  workspace: ServedWorkspace,
  log: FailureLog,
  cleanUp: (action: () => unknown) => void,
) => Promise<Channel>

type AnyCall = (...argumentList: readonly unknown[]) => Promise<unknown>

const plainAnswer = { type: 'RAW', value: 1 }

/** What a page might send instead of a call. */
const attacks: readonly (readonly [what: string, message: unknown])[] = [
  [
    'sets along a path to the prototype of all functions',
    { id: '1', type: 'SET', path: ['hello', 'constructor', 'prototype', 'polluted'], value: plainAnswer },
  ],
  [
    'reaches for the constructor of a function',
    {
      id: '1',
      type: 'APPLY',
      path: ['constructor', 'constructor'],
      argumentList: [{ type: 'RAW', value: 'return 1' }],
    },
  ],
  ['calls the constructor', { id: '1', type: 'APPLY', path: ['constructor'], argumentList: [] }],
  ['calls the prototype', { id: '1', type: 'APPLY', path: ['__proto__'], argumentList: [] }],
  ['calls what every object has', { id: '1', type: 'APPLY', path: ['toString'], argumentList: [] }],
  ['calls a method that is not there', { id: '1', type: 'APPLY', path: ['launchMissiles'], argumentList: [] }],
  ['gives the name in a list', { id: '1', type: 'APPLY', path: [['hello']], argumentList: [] }],
  ['names nothing', { id: '1', type: 'APPLY', path: [], argumentList: [] }],
  ['constructs', { id: '1', type: 'CONSTRUCT', path: ['hello', 'constructor'], argumentList: [] }],
  ['reads a property', { id: '1', type: 'GET', path: ['hello'] }],
  ['releases the host', { id: '1', type: 'RELEASE' }],
  ['asks for a port of its own', { id: '1', type: 'ENDPOINT' }],
  [
    'sends a value to be revived',
    { id: '1', type: 'APPLY', path: ['hello'], argumentList: [{ type: 'HANDLER', name: 'throw', value: {} }] },
  ],
  [
    'sends a thousand arguments',
    { id: '1', type: 'APPLY', path: ['hello'], argumentList: Array.from({ length: 1_000 }, () => plainAnswer) },
  ],
  ['has a number for an id', { id: 1, type: 'APPLY', path: ['hello'], argumentList: [] }],
  ['has an endless id', { id: 'x'.repeat(10_000), type: 'APPLY', path: ['hello'], argumentList: [] }],
  ['has no arguments', { id: '1', type: 'APPLY', path: ['hello'] }],
  ['sends a text', 'hello'],
  ['sends a list', []],
  ['sends nothing', null],
  ['sends a number', 7],
]

/** Arguments that must not reach the host. */
const wrongArguments: [keyof HostApi, ...unknown[]][] = [
  ['hello', 1],
  ['readScenario'],
  ['readScenario', ''],
  ['readScenario', 'x'.repeat(65)],
  ['readScenario', { toString: 'x' }],
  ['createScenario', { from: 'template', fileName: 'a.yaml', text: 'surplus' }],
  ['saveScenario', { id: 's1', text: 7, layout: {}, baseRevision: 1 }],
  ['saveScenario', { id: 's1', text: 'x'.repeat(10_000_001), layout: {}, baseRevision: 1 }],
  ['saveScenario', { id: 's1', text: '', layout: { a: { x: 1e9, y: 0 } }, baseRevision: 1 }],
  ['saveScenario', { id: 's1', text: '', layout: { a: { x: 1, y: 0, z: 0 } }, baseRevision: 1 }],
  ['label', { kind: 'host', id: 'r1' }],
  ['remove', { kind: 'run', ids: Array.from({ length: 1_001 }, () => 'r') }],
  ['startRun', { scenarioId: 's1', seed: 1.5 }],
  ['startRun', { scenarioId: 's1', precision: 0 }],
  ['startRun', { scenarioId: 's1', constructor: 'x' }],
  ['controlRun', { id: 'r1', action: 'explode' }],
  ['injectFault', { runId: 'r1', target: 'db', action: { kind: 'slow', factor: -1, forS: 1 } }],
  ['listRuns', { limit: -1 }],
  ['readSeries', { runId: 'r1', names: ['a'], pointsMax: 1e12 }],
  ['exportBundle', 'r1'],
  ['importFile', { fileName: 'a', base64: 7 }],
]

/** The suite over one transport. */
export function describeTransport(carrier: string, open: OpenTransport): void {
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const action of cleanups.splice(0).toReversed()) await action()
  })

  async function connected() {
    const workspace = recordedWorkspace()
    const failures: [string, unknown][] = []
    const log: FailureLog = (method, error) => void failures.push([method, error])
    const channel = await open(workspace, log, (action) => void cleanups.push(action))
    cleanups.push(() => channel.close())
    return { workspace, failures, channel, connection: connectChannel(channel) }
  }

  describe(`over ${carrier}`, () => {
    test('every method arrives with its arguments, and its answer comes back', async () => {
      const { workspace, connection } = await connected()
      for (const method of hostMethods) {
        const given = goodArguments[method]
        expect(await callOf(connection, method)(...given)).toEqual({ method, given })
      }
      expect(workspace.calls).toEqual(hostMethods.map((method) => [method, ...goodArguments[method]]))
    })

    test('answers find their calls whatever their order', async () => {
      const { workspace, connection } = await connected()
      const first = Promise.withResolvers<unknown>()
      workspace.answer('readRun', (id) => (id === 'slow' ? first.promise : id))
      const slow = callOf(connection, 'readRun')('slow')
      expect(await callOf(connection, 'readRun')('fast')).toBe('fast')
      first.resolve('at last')
      expect(await slow).toBe('at last')
    })

    test('an answer of nothing is undefined', async () => {
      const { workspace, connection } = await connected()
      workspace.answer('remove', () => {})
      expect(await connection.api.remove({ kind: 'run', ids: ['r'] })).toBeUndefined()
    })

    test('an error keeps its details, but not its trace', async () => {
      const { workspace, connection, failures } = await connected()
      const details = { code: 'conflict', message: 'saved elsewhere', hint: 'reload', retryable: false } as const
      workspace.answer('hello', () => {
        throw new HostError({ ...details, trace: 'at /secret/path.ts:1' })
      })
      const error = await connection.api.hello().catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(HostError)
      expect((error as HostError).details).toEqual(details)
      expect(failures).toEqual([['hello', expect.any(HostError)]])
    })

    test('a mistake of ours says so, its words go to the log alone', async () => {
      const { workspace, connection, failures } = await connected()
      const mistake = new TypeError('cannot read /srv/someone/secret')
      workspace.answer('readRun', () => {
        throw mistake
      })
      const error = await connection.api.readRun('r1').catch((caught: unknown) => caught)
      expect(error).toMatchObject({ details: { code: 'internal', retryable: false } })
      expect(JSON.stringify((error as HostError).details)).not.toMatch(/secret|\bat /u)
      expect(failures).toEqual([['readRun', mistake]])
    })

    test('events come in order beside the calls, until nobody listens', async () => {
      const { workspace, connection } = await connected()
      const seen: HostEvent[] = []
      await connection.api.hello()
      const unlisten = connection.onEvent((event) => seen.push(event))
      const events: HostEvent[] = [
        { event: 'scenarios-changed' },
        { event: 'scenario-changed', id: 's1', revision: 2 },
        { event: 'runs-changed' },
      ]
      for (const event of events) workspace.emit(event)
      await connection.api.hello()
      expect(seen).toEqual(events)
      unlisten()
      workspace.emit({ event: 'runs-changed' })
      await connection.api.hello()
      expect(seen).toHaveLength(3)
    })

    test.each(wrongArguments)('%s refuses what is not meant for it: %#', async (method, ...given) => {
      const { workspace, connection } = await connected()
      await expect(callOf(connection, method)(...given)).rejects.toMatchObject({
        details: { code: 'invalid-call', message: expect.stringMatching(new RegExp(`^${method}`, 'u')) as string },
      })
      expect(workspace.calls).toEqual([])
    })

    test('a key that names the prototype does not become one', async () => {
      const { workspace, connection } = await connected()
      const layout = JSON.parse('{ "__proto__": { "x": 1, "y": 2 }, "a": { "x": 1, "y": 2 } }') as object
      await callOf(connection, 'saveScenario')({ id: 's', text: '', layout, baseRevision: 1 }).catch(() => {})
      const arrived = workspace.calls[0]?.[1] as { readonly layout: { readonly x?: number } } | undefined
      expect(arrived?.layout.x).toBeUndefined()
      expect(({} as { readonly x?: number }).x).toBeUndefined()
    })

    test.each(attacks)('who %s is hung up on', async (_, attack) => {
      const { workspace, channel } = await connected()
      const answers: unknown[] = []
      channel.onMessage((value) => answers.push(value))
      const closed = new Promise<void>((resolve) => {
        channel.onClose(resolve)
      })
      channel.post(attack)
      await closed
      expect(answers).toEqual([])
      expect(workspace.calls).toEqual([])
      expect('polluted' in (() => {})).toBe(false)
    })

    test('when the line breaks, calls fail as disconnected and nobody listens any more', async () => {
      const { workspace, connection, channel } = await connected()
      await connection.api.hello()
      expect(workspace.listeners).toBe(1)
      workspace.answer('hello', () => new Promise(() => {}))
      const pending = connection.api.hello()
      setTimeout(() => channel.post('hang up on me'), 5)
      await expect(pending).rejects.toMatchObject({ details: { code: 'disconnected', retryable: true } })
      await expect(connection.api.listScenarios()).rejects.toMatchObject({ details: { code: 'disconnected' } })
      await expect.poll(() => workspace.listeners).toBe(0)
    })
  })
}

function callOf({ api }: HostConnection, method: keyof HostApi): AnyCall {
  return api[method] as AnyCall
}
